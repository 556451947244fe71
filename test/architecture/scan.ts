/** One arrow out of a file: what it names, its line from 1, whether only types cross it, the names it takes. */
export type Import = {
  specifier: string
  line: number
  kind: 'static' | 'dynamic' | 'url'
  typeOnly: boolean
  names: string[]
}

/** One `export`: the name it declares (empty for a list), its line from 1, whether a doc comment stands above. */
export type Export = { name: string; line: number; documented: boolean }

/** What the rules need of a source file; `code` is its text with comments, strings and patterns blanked out. */
export type Source = {
  path: string
  lines: string[]
  code: string
  strings: string[]
  imports: Import[]
  exports: Export[]
  unnamed: number[]
}

type Quoted = { start: number; text: string }

/** Reads one TypeScript file; the path only names it. Knows comments, strings, templates and patterns, no more. */
export function scan(path: string, text: string): Source {
  const { code, quoted } = blank(text)
  const at = (index: number) => text.slice(0, index).split('\n').length
  const value = new Map(quoted.map(one => [one.start, one.text]))
  const unnamed = [...code.matchAll(/\bimport\s*\(\s*(?!['"`])/g)].map(match => at(match.index))
  return {
    path,
    lines: text.replace(/\n$/, '').split('\n'),
    code,
    strings: quoted.map(one => one.text),
    imports: imports(code, value, at),
    exports: exports(text, code, at),
    unnamed,
  }
}

function imports(code: string, value: Map<number, string>, at: (index: number) => number): Import[] {
  const found: Import[] = []
  const add = (match: RegExpExecArray, kind: Import['kind'], typeOnly: boolean, clause: string) => {
    const specifier = value.get(match.index + match[0].length)
    if (specifier === undefined) return
    if (kind === 'url' && !/^\.{1,2}\/.*\.[cm]?[jt]s$/.test(specifier)) return
    found.push({ specifier, line: at(match.index), kind, typeOnly, names: listed(clause) })
  }
  const clause =
    /\b(?:import|export)\b(\s+type\b(?!\s*(?:,|from\b)))?((?:(?!\b(?:import|export)\b)[\s\w$*{},])*?)\bfrom\s*(?=['"])/g
  for (const match of code.matchAll(clause)) add(match, 'static', match[1] !== undefined, match[2] ?? '')
  for (const match of code.matchAll(/\bimport\s*(?=['"])/g)) add(match, 'static', false, '')
  for (const match of code.matchAll(/\bimport\s*\(\s*(?=['"`])/g)) add(match, 'dynamic', false, '')
  for (const match of code.matchAll(/\b(?:require|(?:import\.meta|require)\.resolve)\s*\(\s*(?=['"`])/g)) {
    add(match, 'dynamic', false, '')
  }
  for (const match of code.matchAll(/\bnew\s+URL\s*\(\s*(?=['"`])/g)) add(match, 'url', false, '')
  return found.sort((a, b) => a.line - b.line)
}

function listed(clause: string): string[] {
  const inside = /\{([^}]*)\}/.exec(clause)?.[1]
  if (inside === undefined) return clause.includes('*') ? ['*'] : clause.trim() === '' ? [] : ['default']
  return inside.split(',').flatMap(
    part =>
      part
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/)[0] || [],
  )
}

function exports(text: string, code: string, at: (index: number) => number): Export[] {
  const words = /\b(?:default|declare|abstract|async|const|let|var|enum|function|class|type|interface|namespace)\b/
    .source
  const found: Export[] = []
  for (const match of code.matchAll(new RegExp(`(?<=^|[;}\\n])([ \\t]*)export(?=\\s*[{*]|\\s+${words})`, 'g'))) {
    const start = match.index + (match[1] ?? '').length
    const name = new RegExp(`^export\\s+(?:${words}[\\s*]+)+([\\w$]+)`).exec(code.slice(start, start + 300))?.[1] ?? ''
    const overload = name !== '' && found.at(-1)?.name === name && found.at(-1)?.documented === true
    found.push({ name, line: at(start), documented: overload || documented(text.slice(0, start)) })
  }
  return found
}

function documented(before: string): boolean {
  const above = before.replace(/\n?[ \t]*$/, '')
  if (!above.endsWith('*/')) return false
  const comment = above.slice(above.lastIndexOf('/*'))
  return comment.startsWith('/**') && /[\p{L}\d`]\S*\s+\S*[\p{L}\d]/u.test(comment)
}

/** Blanks what is not code; length, line breaks and quotes stay, so that a place in one is a place in the other. */
function blank(text: string): { code: string; quoted: Quoted[] } {
  const out = text.split('')
  const quoted: Quoted[] = []
  const braces: ('code' | 'template')[] = []
  const wipe = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' '
  }
  let i = 0
  const template = (start: number): number => {
    let end = start
    while (end < text.length && text[end] !== '`' && !text.startsWith('${', end)) end += text[end] === '\\' ? 2 : 1
    wipe(start, Math.min(end, text.length))
    if (text[end] !== '$') return end + 1
    braces.push('template')
    return end + 2
  }
  while (i < text.length) {
    const char = text[i] ?? ''
    const rest = (pattern: RegExp) => {
      pattern.lastIndex = i
      return pattern.exec(text)?.[0].length ?? 1
    }
    if (text.startsWith('//', i) || text.startsWith('/*', i)) {
      const length = rest(text[i + 1] === '/' ? /\/\/[^\n]*/y : /\/\*[\s\S]*?(?:\*\/|$)/y)
      wipe(i, i + length)
      i += length
    } else if (char === "'" || char === '"') {
      const length = rest(char === "'" ? /'(?:\\[\s\S]|[^'\\\n])*'?/y : /"(?:\\[\s\S]|[^"\\\n])*"?/y)
      quoted.push({ start: i, text: text.slice(i + 1, i + length - 1) })
      wipe(i + 1, i + length - 1)
      i += length
    } else if (char === '`') {
      const end = template(i + 1)
      if (text[end - 1] === '`') quoted.push({ start: i, text: text.slice(i + 1, end - 1) })
      i = end
    } else if (char === '}' && braces.pop() === 'template') {
      i = template(i + 1)
    } else if (char === '/' && startsPattern(out, i)) {
      const length = rest(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y)
      wipe(i, i + length)
      i += length
    } else {
      if (char === '{') braces.push('code')
      i += 1
    }
  }
  return { code: out.join(''), quoted }
}

/** A slash starts a pattern where no value stands before it: after an operator, an opening bracket or a keyword. */
function startsPattern(out: string[], index: number): boolean {
  let before = index - 1
  while (before >= 0 && /\s/.test(out[before] ?? '')) before -= 1
  if (before < 0 || /[^\w$)\]}'"`]/.test(out[before] ?? '')) return true
  const word = /[\w$]+$/.exec(out.slice(Math.max(0, before - 12), before + 1).join(''))?.[0]
  return word !== undefined && /^(?:return|typeof|case|in|of|await|yield|void|delete|throw|else|do)$/.test(word)
}
