import { join } from 'node:path'
import { rotationContract } from '../contracts/rotation.ts'

rotationContract('keys of an SQLite file', async folder => `file:${join(folder, 'hub.db')}`)
