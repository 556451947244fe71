/** The Spanish sentences about the tools people use, as far as they are the same on all, by key. */
export const host = {
  'host.suggestion': '{id} · {severity} · {kind}, {place}',
  'host.status-up': '{tool}: con conexión desde las {time}.',
  'host.status-down': '{tool}: sin conexión desde las {time}. Sigo intentando.',
  'host.status-off': '{tool}: desconectado desde las {time}. Hace falta la administración.',
  'host.down':
    'No hay conexión con {tool} desde las {time}. Sigo intentando; lo que va allí espera. Para lo urgente: otra ' +
    'herramienta o una llamada.',
  'host.down-because':
    'No hay conexión con {tool} desde las {time}: {reason}. Sigo intentando; lo que va allí espera. Para lo urgente: ' +
    'otra herramienta o una llamada.',
  'host.status-problem': 'Motivo: {reason}.',
  'host.unserved': {
    one:
      'Una sala de esta red está en {tool} y allí no tengo conexión: no se muestra nada. Avise a quien administra ' +
      'el hub.',
    other:
      '{count} salas de esta red están en {tool} y allí no tengo conexión: no se muestra nada. Avise a quien ' +
      'administra el hub.',
  },
} as const
