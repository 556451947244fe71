import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { addBackup } from '../backup.ts'

// The door for a hub that makes its planned backups: all other commands together take as much memory as the hub itself.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const program = new Command('hub')
  addBackup(program)
  await program.parseAsync()
}
