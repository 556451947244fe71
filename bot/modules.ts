import { registerHooks } from 'node:module'

/**
 * Spares the start a quarter of a second and 120 MB: Node reads a package's `package.json` anew for each file that
 * imports its neighbour, and that of drizzle-orm is 180 kB. Its own files are modules, so nothing need be looked up.
 */
export function quickenImports(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context
      if (!parentURL || !specifier.startsWith('.') || !ofDrizzle.test(parentURL)) return next(specifier, context)
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
    },
  })
}

const ofDrizzle = /\/node_modules\/drizzle-orm\/.*\.js$/
