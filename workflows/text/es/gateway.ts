import type { gateway as english } from '../en/gateway.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences about the connection to Signal, by key. */
export const gateway: Translated<typeof english> = {
  'gateway.gap':
    'El hub no oyó nada de Signal desde {from} hasta {until}. Lo que se escribió entretanto puede haberse perdido: ' +
    'se pide a los grupos de Signal que lo envíen otra vez.',
  'gateway.stuck':
    'Desde {from} hasta {until} el hub no pudo guardar lo que llegó de Signal. Ahora lo tiene todo. Revise que el ' +
    'disco tenga espacio.',
  'gateway.lost': {
    one:
      'Desde {from} hasta {until} el hub no pudo guardar lo que llegó de Signal, y se perdió {count} mensaje: pida ' +
      'en los grupos de Signal que se escriba otra vez. Revise que el disco tenga espacio.',
    other:
      'Desde {from} hasta {until} el hub no pudo guardar lo que llegó de Signal, y se perdieron {count} mensajes: ' +
      'pida en los grupos de Signal que se escriban otra vez. Revise que el disco tenga espacio.',
  },
  'gateway.limited':
    'Signal limita cuánto puede enviar el hub ({time}). El hub espera y sigue solo. Lo urgente: por otra ' +
    'herramienta, o llame.',
  'gateway.challenge':
    'Signal pide una prueba de que una persona maneja el hub antes de dejarlo enviar más ({time}). Quien maneja el ' +
    'hub: abra https://signalcaptchas.org/challenge/generate.html desde la misma conexión a internet que el hub, ' +
    'resuélvalo, copie el enlace de "Open Signal" y escriba: npm run -s hub -- signal challenge {token} "ENLACE". ' +
    'Mientras tanto use otra herramienta.',
  'gateway.partly': {
    one: 'Una persona de {room} no recibió lo que el hub escribió allí en Signal. {why}',
    other: '{count} personas de {room} no recibieron lo que el hub escribió allí en Signal. {why}',
  },
  'gateway.partly-untrusted':
    'Su número de seguridad es nuevo: otro teléfono, u otra persona. Quien maneja el hub: npm run -s hub -- signal ' +
    'untrusted.',
  'gateway.partly-unregistered': 'Ya no está en Signal: pregunte por otro medio y saque la cuenta del grupo.',
  'gateway.partly-other': 'Puede haber sido la conexión. Si se repite, pida que escriban una vez en el grupo.',
  'gateway.unreadable':
    'El hub no pudo leer un mensaje que llegó por Signal a las {time}. Si alguien espera respuesta, que lo envíe ' +
    'otra vez.',
  'gateway.unreadable-untrusted':
    'Alguien cuyo número de seguridad es nuevo escribió al hub por Signal a las {time}: otro teléfono, u otra ' +
    'persona. Quien maneja el hub: npm run -s hub -- signal untrusted.',
  'gateway.account':
    'El servidor de Signal del hub ya no conoce el número del hub ({time}). Quien maneja el hub: npm run -s hub -- ' +
    'doctor dice qué hacer.',
}
