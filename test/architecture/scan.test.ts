import { describe, expect, test } from 'vitest'
import { scan } from './scan.ts'

const imports = (text: string) =>
  scan('a.ts', text).imports.map(({ specifier, line, kind, typeOnly }) => [specifier, line, kind, typeOnly])

describe('the import scanner', () => {
  test('reads static imports, over several lines too', () => {
    expect(
      imports(
        "import a from 'a'\nimport {\n  b, // from ''\n  type C\n} from './b.ts'\nimport 'c'\nimport * as d from\"d\"",
      ),
    ).toEqual([
      ['a', 1, 'static', false],
      ['./b.ts', 2, 'static', false],
      ['c', 6, 'static', false],
      ['d', 7, 'static', false],
    ])
  })

  test('tells types from values', () => {
    expect(
      imports(
        "import type { A } from 'a'\nimport type B from 'b'\nimport { type C } from 'c'\nimport type, { D } from 'd'",
      ),
    ).toEqual([
      ['a', 1, 'static', true],
      ['b', 2, 'static', true],
      ['c', 3, 'static', false],
      ['d', 4, 'static', false],
    ])
  })

  test('reads what is exported from elsewhere, and does not mix it with its neighbours', () => {
    expect(imports("export type { A }\nimport { b } from 'b'\nexport * from 'c'\nexport type { D } from 'd'")).toEqual([
      ['b', 2, 'static', false],
      ['c', 3, 'static', false],
      ['d', 4, 'static', true],
    ])
  })

  test('reads later imports, resolved names and the files of workers', () => {
    const text =
      "await import(\n'a')\nimport.meta.resolve('b/c')\nnew URL('./worker.ts', import.meta.url)\nnew URL('./a.css')"
    expect(imports(text)).toEqual([
      ['a', 1, 'dynamic', false],
      ['b/c', 3, 'dynamic', false],
      ['./worker.ts', 4, 'url', false],
    ])
    expect(scan('a.ts', 'const a = 1\nawait import(a)').unnamed).toEqual([2])
  })

  test('is not misled by comments, strings, templates and patterns', () => {
    const text = [
      "// import a from 'a'",
      "/* import b from 'b' */",
      `const c = "import c from 'c'"`,
      "const d = `import d from 'd' $\u007be(`$\u007b'}'}`)} import e from 'e'`",
      `const f = /["'\`/]/.test(g) ? 1 / 2 : 3 / 4`,
      `const h = [/'/, /[/']/]`,
      "import i from 'i'",
    ]
    expect(imports(text.join('\n'))).toEqual([['i', 7, 'static', false]])
  })

  test('reads the names that an import takes', () => {
    const [first, second, third] = scan(
      'a.ts',
      "import { a, type B, c as d } from 'x'\nimport e from 'y'\nimport * as f from 'z'",
    ).imports
    expect([first?.names, second?.names, third?.names]).toEqual([['a', 'B', 'c'], ['default'], ['*']])
  })
})

describe('the export scanner', () => {
  const exports = (text: string) =>
    scan('a.ts', text).exports.map(({ name, line, documented }) => [name, line, documented])

  test('wants the comment directly above', () => {
    expect(
      exports(
        '/** Says so. */\nexport const a = 1\n\n/** Not this. */\n\nexport type B = 1\n// Nor this.\nexport class C {}',
      ),
    ).toEqual([
      ['a', 2, true],
      ['B', 6, false],
      ['C', 8, false],
    ])
  })

  test('takes no bare mark, and no plain comment, for a doc comment', () => {
    expect(exports('/** */\nexport const a = 1\n/* Says so. */\nexport default async function b() {}')).toEqual([
      ['a', 2, false],
      ['b', 4, false],
    ])
  })

  test('lets one comment stand for the overloads of one function', () => {
    expect(exports('/** Says so. */\nexport function a(b: 1): 1\nexport function a(b: 2): 2\nexport { c }')).toEqual([
      ['a', 2, true],
      ['a', 3, true],
      ['', 4, false],
    ])
  })

  test('does not take a property or a string for an export', () => {
    expect(exports('const a = {\n  export: 1,\n}\nconst b = `\nexport const c = 1\n`')).toEqual([])
  })
})
