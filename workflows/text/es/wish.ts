import type { wish as english } from '../en/wish.ts'
import type { Translated } from '../template.ts'

/** Las frases en español sobre lo que cada quien desea de las difusiones, por clave. */
export const wish: Translated<typeof english> = {
  'command.stop': 'No recibir más difusiones; lo que salva vidas sí llega.',
  'command.start': 'Recibir difusiones otra vez.',
  'command.prefer': 'Elegir la herramienta en la que se le escribe primero.',
  'wish.button-stop': 'No más difusiones',
  'wish.button-start': 'Recibirlas otra vez',
  'wish.button-prefer': 'Escríbanme en {tool}',
  'wish.stopped':
    'Hecho. Ya no le envío difusiones, los mensajes que van a muchas personas. Lo que salva vidas sí le llega. ' +
    'También las novedades de incidentes suyos y la corrección de algo que ya recibió.',
  'wish.stopped-already': 'No le envío difusiones desde {time}. Lo que salva vidas sí le llega.',
  'wish.how-start': 'Para recibirlas otra vez: EMPEZAR, o /whoami empezar.',
  'wish.started': 'Hecho. Usted vuelve a recibir difusiones.',
  'wish.how-stop': 'Para no recibir más mensajes como este, escriba PARAR.',
  'wish.stop-once-more': 'Para no recibir más difusiones de la red, escriba PARAR una vez más.',
  'wish.prefer-set': 'Le escribo primero en {tool}. Si eso falla, en otra herramienta suya.',
  'wish.prefer-off': 'Hecho. Le escribo en la herramienta suya que funcione.',
  'wish.prefer-not-yours': 'No le conozco en {tool}. Para unir esa cuenta, escriba /whoami vincular.',
  'wish.prefer-unknown':
    'Diga una de sus herramientas: {tools}. Por ejemplo /whoami herramienta {example}, o /whoami herramienta no.',
  'wish.self-gets': 'Usted recibe difusiones, los mensajes que van a muchas personas.',
  'wish.self-stopped': 'No recibe difusiones desde {time}, salvo lo que salva vidas.',
  'wish.self-prefers': 'Le escribo primero en {tool}.',
  'wish.self-sent': {
    one: 'Se le envió {count} difusión, {last}.',
    other: 'Se le enviaron {count} difusiones, la última {last}.',
  },
  'wish.self-answered': {
    one: 'Se guarda su respuesta a {count} de ellas.',
    other: 'Se guardan sus respuestas a {count} de ellas.',
  },
  'wish.self-said': {
    one: 'Lo que escribió con {count} de ellas está sellado.',
    other: 'Lo que escribió con {count} de ellas está sellado.',
  },
  'wish.self-change-one': 'Difusiones: /whoami parar, /whoami empezar.',
  'wish.self-change': 'Difusiones: /whoami parar, /whoami empezar, /whoami herramienta {example}.',
  'wish.erase-goes': {
    one: 'Lo que escribió en respuesta a {count} difusión. Que alguien respondió se queda.',
    other: 'Lo que escribió en respuesta a {count} difusiones. Que alguien respondió se queda.',
  },
}
