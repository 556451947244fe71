import { ground } from '../house.ts'
import { tellStory } from './story.ts'

tellStory('SQLite', async () => ground())
