import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { addAudit } from './cli/audit.ts'
import { addBackup } from './cli/backup.ts'
import { addDemo } from './cli/demo.ts'
import { addDetect } from './cli/detect.ts'
import { addDoctor } from './cli/doctor.ts'
import { addDrill } from './cli/drill.ts'
import { addErase } from './cli/erase.ts'
import { addEvidence } from './cli/evidence.ts'
import { addExport } from './cli/export.ts'
import { addImport } from './cli/import.ts'
import { addInstall } from './cli/install.ts'
import { addInvite } from './cli/invite.ts'
import { addKey } from './cli/key.ts'
import { addManifest } from './cli/manifest.ts'
import { addMessage } from './cli/message.ts'
import { addMigrate } from './cli/migrate.ts'
import { addNetwork } from './cli/network.ts'
import { addPlaces } from './cli/places.ts'
import { addProtocol } from './cli/protocol.ts'
import { addReport } from './cli/report.ts'
import { addRestore } from './cli/restore.ts'
import { addRetention } from './cli/retention.ts'
import { addRollback } from './cli/rollback.ts'
import { addSetup } from './cli/setup.ts'
import { addSheet } from './cli/sheet.ts'
import { addSignal } from './cli/signal.ts'

// In the order in which help lists them.
const groups = [
  ...[addSetup, addInstall, addDoctor, addManifest, addNetwork, addInvite, addProtocol, addMessage],
  ...[addEvidence, addAudit, addKey, addBackup, addRestore, addRollback, addRetention, addErase],
  ...[addExport, addImport, addSheet, addSignal, addMigrate, addDemo, addDrill, addPlaces, addReport, addDetect],
]

if (process.argv[1] === fileURLToPath(import.meta.url)) await commandLine().parseAsync()

/** Every command there is; what it does when run is written to the streams and the exit code of this process. */
export function commandLine(root = new Command('hub')): Command {
  const program = root
    .description('Trust Hub in the terminal. Everyday work is done in chat; this is for whoever runs the hub.')
    .usage('[command]     (from the project folder: npm run -s hub -- [command])')
    .showHelpAfterError('Type "npm run -s hub -- help" for all commands.')
    .helpCommand('help [command]', 'Say more about a command')
  for (const add of groups) add(program)
  return program
}
