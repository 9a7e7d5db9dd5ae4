#!/usr/bin/env node
// Places made-up households with `heimweg batch assign` and, as a plain integer
// programme, with GLPK (Debian: glpk-utils), a solver that Heimweg does not use:
// status, both optima, and whether they agree to a part in a million.
// Usage: tests/bench/placement_check.mjs --heimweg PROGRAM [--seeds N]
//        [--households N] [--places N] [--dimensions 1|2|3] [--limit SECONDS]
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const options = {
  heimweg: 'build/release/bin/heimweg', seeds: '5', households: '40',
  places: '5', dimensions: '2', limit: '20',
};
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!(name in options) || i + 1 === process.argv.length) {
    throw new Error(`expected --${Object.keys(options).join(', --')} VALUE`);
  }
  options[name] = process.argv[i + 1];
}
const [seeds, households, places, dimensions, limit] =
    ['seeds', 'households', 'places', 'dimensions', 'limit'].map(
        name => Number(options[name]));

// Numbers in [0, 1), the same everywhere (mulberry32).
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Adults 1 to 4, children 0 to 5, seats for some of these; 8 pairs in 10 exist;
// capacity is demand, shared unevenly.
function makeProblem(seed) {
  const unit = numbers(seed);
  const sizes = [];
  const weights = [];
  for (let h = 0; h < households; ++h) {
    const children = Math.floor(unit() * unit() * 6);
    sizes.push([1 + Math.floor(unit() * unit() * 4), children,
      Math.floor(unit() * (children + 1))].slice(0, dimensions));
    weights.push(Array.from({length: places}, () =>
      unit() < 0.8 ? Number((sizes[h][0] * unit()).toFixed(6)) : null));
  }
  const capacities = Array.from({length: places}, () =>
    Array.from({length: dimensions}, (_, d) => Math.round(
        sizes.reduce((sum, size) => sum + size[d], 0) / places *
        (0.6 + 0.8 * unit()))));
  return {sizes, weights, capacities};
}

const csv = (head, rows) =>
  [head, ...rows].map(row => row.map(x => x ?? '').join(',')).join('\n') + '\n';
const named = (letter, rows) => rows.map((row, i) => [letter + i, ...row]);
const range = (letter, count) =>
  Array.from({length: count}, (_, i) => letter + i);

function solveByHeimweg(problem, folder) {
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const p = range('p', places);
  const d = range('d', dimensions);
  return JSON.parse(execFileSync(options.heimweg, [
    'batch', 'assign', '--json', '--time-limit', `${limit}s`,
    '--weights', file('w.csv',
        csv(['household', ...p], named('h', problem.weights))),
    '--sizes', file('s.csv', csv(['household', ...d], named('h', problem.sizes))),
    '--capacities', file('c.csv',
        csv(['place', ...d], named('p', problem.capacities))),
  ], {encoding: 'utf8'}));
}

function solveByGlpk({sizes, weights, capacities}, folder) {
  const pairs = [];
  weights.forEach((row, h) => row.forEach((weight, p) => {
    if (weight !== null) pairs.push({h, p, weight, x: `x${h}_${p}`});
  }));
  const sum = (terms) => terms.join('\n + ');
  const rows = [];
  for (let h = 0; h < households; ++h) {
    const own = pairs.filter(pair => pair.h === h).map(pair => pair.x);
    if (own.length > 0) rows.push(`h${h}: ${sum(own)} <= 1`);
  }
  for (let p = 0; p < places; ++p) {
    for (let d = 0; d < dimensions; ++d) {
      const taking = pairs.filter(pair => pair.p === p && sizes[pair.h][d] > 0)
          .map(pair => `${sizes[pair.h][d]} ${pair.x}`);
      if (taking.length > 0) {
        rows.push(`c${p}_${d}: ${sum(taking)} <= ${capacities[p][d]}`);
      }
    }
  }
  writeFileSync(join(folder, 'plain.lp'), [
    'Maximize', 'obj: ' + sum(pairs.map(pair => `${pair.weight} ${pair.x}`)),
    'Subject To', ...rows, 'Binary', ...pairs.map(pair => pair.x), 'End', '',
  ].join('\n'));
  execFileSync('glpsol', ['--lp', join(folder, 'plain.lp'), '--tmlim', `${limit}`,
    '--cuts', '-o', join(folder, 'plain.out')], {stdio: 'ignore'});
  const out = readFileSync(join(folder, 'plain.out'), 'utf8');
  return {
    status: /Status: +(.*)/.exec(out)[1],
    objective: Number(/Objective: +\S+ = (\S+)/.exec(out)[1]),
  };
}

let wrong = 0;
let compared = 0;
console.log('| seed | heimweg | sum | gap | GLPK | sum | agree |');
console.log('|---|---|---|---|---|---|---|');
for (let seed = 1; seed <= seeds; ++seed) {
  const folder = mkdtempSync(join(tmpdir(), 'placement-check.'));
  try {
    const problem = makeProblem(seed);
    const ours = solveByHeimweg(problem, folder);
    const theirs = solveByGlpk(problem, folder);
    const proven = ours.status === 'optimal' && theirs.status === 'INTEGER OPTIMAL';
    const agree =
        Math.abs(ours.objective - theirs.objective) <= 1e-6 * theirs.objective;
    compared += proven ? 1 : 0;
    wrong += proven && !agree ? 1 : 0;
    console.log(`| ${seed} | ${ours.status} | ${ours.objective} | ${ours.gap} | ` +
        `${theirs.status} | ${theirs.objective} | ` +
        `${proven ? (agree ? 'yes' : 'NO') : 'not both proven'} |`);
  } finally {
    rmSync(folder, {recursive: true});
  }
}
console.log(`\n${compared - wrong} of ${compared} proven by both agree`);
process.exitCode = wrong > 0 || compared === 0 ? 1 : 0;
