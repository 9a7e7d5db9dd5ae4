#!/usr/bin/env node
// Writes an OpenImmo transfer of many made-up flats to standard output.
// Usage: tests/bench/openimmo_file.mjs [--homes N] [--text BYTES] [--extent VOLL|TEIL]
const options = {homes: '10000', text: '1500', extent: 'VOLL'};
for (let i = 2; i + 1 < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!(name in options)) throw new Error(`there is no --${name}`);
  options[name] = process.argv[i + 1];
}
const postcodes = ['04910', '03238', '04924', '04931', '15936', '17291'];
const sentence = 'Helle Wohnung mit Balkon, ruhig gelegen und gut angebunden. ';
const text = sentence.repeat(Math.ceil(Number(options.text) / sentence.length));

function home(i) {
  const rent = 300 + (i % 500);
  return `<immobilie><objektkategorie><nutzungsart WOHNEN="true" GEWERBE="false"/><vermarktungsart KAUF="false" MIETE_PACHT="true"/><objektart><wohnung wohnungtyp="ETAGE"/></objektart></objektkategorie>
<geo><plz>${postcodes[i % postcodes.length]}</plz><ort>Ort</ort><strasse>Hauptstr.</strasse><hausnummer>${1 + (i % 90)}</hausnummer><land iso_land="DEU"/></geo>
<kontaktperson><email_zentrale>vermietung@example.org</email_zentrale><name>Muster</name></kontaktperson>
<preise><nettokaltmiete>${rent}.00</nettokaltmiete><warmmiete>${rent + 150}.00</warmmiete><nebenkosten>90.00</nebenkosten><kaution>${3 * rent}.00</kaution></preise>
<flaechen><wohnflaeche>${40 + (i % 80)}.5</wohnflaeche><anzahl_zimmer>${1 + (i % 5)}</anzahl_zimmer></flaechen>
<ausstattung><kueche EBK="${i % 2 === 0}"/><fahrstuhl PERSONEN="${i % 3 === 0}"/></ausstattung>
<freitexte><objekttitel>Wohnung ${i}</objekttitel><objektbeschreibung>${text}</objektbeschreibung></freitexte>
<verwaltung_objekt><abdatum>2027-0${1 + (i % 9)}-01</abdatum><haustiere>${i % 2 === 1}</haustiere></verwaltung_objekt>
<verwaltung_techn><objektnr_extern>W-${i}</objektnr_extern><aktion/><openimmo_obid>O${i}</openimmo_obid><stand_vom>2026-03-20</stand_vom></verwaltung_techn></immobilie>
`;
}

async function write(part) {
  if (!process.stdout.write(part)) {
    await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

await write(`<?xml version="1.0" encoding="UTF-8"?>\n<openimmo><uebertragung art="OFFLINE" umfang="${options.extent}" version="1.2.7"/>
<anbieter><firma>Bench</firma><openimmo_anid>ABENCH</openimmo_anid>\n`);
for (let i = 0; i < Number(options.homes);) {
  let part = '';
  for (const end = i + 200; i < end && i < Number(options.homes); ++i) part += home(i);
  await write(part);
}
await write('</anbieter></openimmo>\n');
