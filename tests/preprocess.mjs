// Usage: node preprocess.mjs BUILD_FOLDER SOURCE
// Prints what the compiler sees of one source file of a compilation database.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';

const [build, source] = process.argv.slice(2);
const entry = JSON.parse(readFileSync(`${build}/compile_commands.json`))
    .find((one) => resolve(one.directory, one.file) === resolve(source));
if (!entry) {
  console.error(`${source} is in no target`);
  process.exit(1);
}
const command = entry.command.replace(/ -o \S+ /, ' -o - ').replace(/ -c /, ' -E -P ')
    .replace(/^.*?ccache /, '');
process.stdout.write(execFileSync('sh', ['-c', command],
    {cwd: entry.directory, maxBuffer: 1 << 28}));
