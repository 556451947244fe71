// What the hub imports of others once all three chat tools are set up, and nothing of its own.
import '@slack/bolt'
import 'axios'
import 'discord.js'
import 'ws'
import './libraries.ts'
