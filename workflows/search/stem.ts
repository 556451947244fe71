import { wordsOf } from '../words.ts'

/**
 * The words of any text as they are searched: folded, without the commonest of both languages, each once, and with
 * what plurals and a final e or y add taken away, so that "Rifles" and "rifle", "reuniones" and "reunión" are one.
 */
export function stemsOf(text: string): readonly string[] {
  const words = wordsOf(text).filter(({ text: word }) => word.length > 1 && !common.has(word))
  return [...new Set(words.map(({ text: word }) => stem(word.slice(0, longest))))]
}

// One rule for both languages and both engines: it need not be a word, only the same for all forms of one.
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  const single = /[^s]s$/.test(word) ? word.slice(0, -1) : word
  const bare = single.length > 3 && single.endsWith('e') ? single.slice(0, -1) : single
  return bare.length > 3 && bare.endsWith('y') ? `${bare.slice(0, -1)}i` : bare
}

const longest = 40
const common = new Set(
  [
    'the an and or of to in on at by is it its was were are be been am as for from with this that these those there',
    'he she they them his her their we us our you your my me not no but so if had has have do did does who which',
    'el la los las un una unos unas de del al en por para con sin es son era eran fue fueron ser que se su sus lo le',
    'les y o u e ni no si mi tu yo ya muy mas pero como este esta estos estas ese esa eso hay ha han he',
  ].flatMap(line => line.split(' ')),
)
