/** The English sentences of what may be shown where, by key. */
export const sight = {
  'sight.elsewhere': 'Marked RED: its details are not shown here. Open it in {tools}.',
  'sight.ask': 'Marked RED: its details are not shown here. Ask a coordinator: {people}.',
  'sight.nowhere': 'Marked RED: its details are not shown here.',
  'sight.red': 'Marked RED: details in {tools}. Nothing else is shown in this room.',
  'sight.red-more': 'Marked RED: its details are not shown in this room. Choose More to see it alone.',
  'sight.red-ask': 'Marked RED: its details are not shown in this room. Ask a coordinator.',
  'sight.list-line': '{title} · {place} · RED',
  'sight.unchecked': 'This report is being checked first.',
  'sight.own': 'These are your own words. Others do not see them here.',
  'sight.tool-slack': 'Slack',
  'sight.tool-discord': 'Discord',
  'sight.tool-signal': 'Signal',
  'sight.tool-workspace': 'the practice workspace',
} as const
