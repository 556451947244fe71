/** The English sentences of the form area, by key. */
export const form = {
  'form.too-many-files': 'At most {max} files at a time. Send the rest afterwards.',
  'form.empty-file': '“{name}” is empty. Please attach it again.',
  'form.large-file': '“{name}” is larger than {max} MB. Send a shorter or smaller one; your words are still here.',
} as const
