/** How far something has come, shown to whoever waits for it. */
export type Progress = {
  /** Says that so much of it is done, with a word about where it stands. */
  readonly show: (done: number, of: number, note: string) => void
}

/** Where it is shown: a terminal gets a bar that is drawn over, anything else a line at every tenth. */
export type Screen = { readonly isTTY?: boolean | undefined; readonly write: (text: string) => unknown }

const width = 30

/** Makes the bar, or the lines; the last one ends its line. */
export function createProgress(screen: Screen): Progress {
  let tenth = 0
  return {
    show(done, of, note) {
      const part = of === 0 ? 1 : done / of
      const said = `${String(Math.floor(part * 100)).padStart(3)} %  ${note}`
      if (screen.isTTY) {
        const full = Math.round(part * width)
        screen.write(`\r${'█'.repeat(full)}${'░'.repeat(width - full)} ${said}\u001b[K${done >= of ? '\n' : ''}`)
      } else if (Math.floor(part * 10) > tenth) {
        tenth = Math.floor(part * 10)
        screen.write(`${said}\n`)
      }
    },
  }
}
