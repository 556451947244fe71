/** Las frases en español sobre ocultar a alguien que está bajo amenaza, por clave. */
export const shield = {
  'command.shield': 'Ocultar a alguien bajo amenaza: nombre, cuentas y tareas, en todas partes a la vez.',
  'usage.shield': 'NOMBRE [corta] por qué · yo · lista · quitar NOMBRE por qué',
  'shield.form': 'Ocultar a alguien',
  'shield.form-off': 'Volver a mostrar',
  'shield.who': '¿A quién hay que ocultar?',
  'shield.who-hint': 'La lista muestra las primeras 25 personas. Para otras escriba: /shield NOMBRE por qué.',
  'shield.how': '¿Puede seguir usando el hub?',
  'shield.how-keep': 'Sí, sin que se vea y sin llamadas',
  'shield.how-called': 'Sí, sin que se vea, con llamadas de emergencia',
  'shield.how-cut': 'No: su teléfono o cuenta está en malas manos',
  'shield.why': '¿Por qué? Solo lo lee quien está de guardia.',
  'shield.why-off': '¿Por qué ya es seguro?',
  'shield.done': '{callsign} queda oculto. Ahora todos leen {alias}. Solo lo sabe quien está de guardia.',
  'shield.done-cut': 'Ya no se recibe nada de sus cuentas ni se les envía nada.',
  'shield.done-self': 'Usted queda oculto. Ahora todos leen {alias}. Solo lo sabe quien está de guardia.',
  'shield.self':
    'Usted no está de guardia ni aparece en ninguna lista. Lo que tenía se devolvió. Puede irse de cualquier lugar ' +
    'cuando quiera; nadie pregunta por qué.',
  'shield.self-cut':
    'Desde ahora no recibo nada de sus cuentas. Para volver a entrar, hable con quien coordina la guardia.',
  'shield.danger': 'En peligro: llame al 911.',
  'shield.undo': 'Quien coordina la guardia puede deshacerlo: /shield off {alias} y por qué.',
  'shield.off-done': '{person} vuelve a mostrarse. Lo que tenía no se le devuelve por sí solo.',
  'shield.told': '{by} ocultó a {callsign}, que ahora aparece en todas partes como {alias}.{because}',
  'shield.told-self': '{callsign} pidió que se le oculte y ahora aparece en todas partes como {alias}.{because}',
  'shield.told-cut': 'Sus cuentas están cortadas: no le escriba por ahí.',
  'shield.told-returned': {
    one: '{count} incidente que tenía o en el que ayudaba queda libre.',
    other: '{count} incidentes que tenía o en los que ayudaba quedan libres.',
  },
  'shield.told-undo': 'No lo diga a quien no necesite saberlo. Para deshacerlo: /shield off {alias} y por qué.',
  'shield.told-off': '{by} volvió a mostrar a {person}.{because}',
  'shield.told-you': 'Por su seguridad, usted está oculto. Todos leen {alias} en lugar de su alias.',
  'shield.told-you-off': 'Usted vuelve a aparecer con su alias. Para entrar de guardia: /duty on.',
  'shield.none': 'Ahora no hay nadie oculto.',
  'shield.title': { one: '{count} persona oculta', other: '{count} personas ocultas' },
  'shield.line': '{person} · por {by}, {at}{because}',
  'shield.line-cut': '{person} · sin acceso · por {by}, {at}{because}',
  'shield.more': { one: '{count} más.', other: '{count} más.' },
  'shield.button-off': 'Volver a mostrar',
  'shield.nobody': 'No conozco a nadie llamado {words} que usted pueda ocultar. Revise el alias.',
  'shield.several': 'Varios empiezan así: {people}. Escriba el alias completo.',
  'shield.not-hidden': 'Nadie oculto se llama {words}. Vea /shield lista.',
  'shield.coordinator':
    'Quienes coordinan su región y la guardia pueden ocultar a otras personas. Para ocultarse usted: /shield yo. ' +
    'Por otras personas, llame ya a quien coordina.',
  'shield.already': '{person} ya está oculto.',
  'shield.already-you': 'Usted ya está oculto. Para volver a mostrarse, hable con quien coordina la guardia.',
  'shield.duty':
    'Solo quien coordina la guardia ve quién está oculto y puede volver a mostrarle. Nadie lo hace por sí mismo. ' +
    'Llame a la guardia.',
  'shield.reason': 'Diga por qué, en pocas palabras: queda registrado y solo lo lee la guardia.',
  'shield.no-rename': 'Usted está oculto, así que su alias descansa. Podrá cambiarlo cuando vuelva a mostrarse.',
  'shield.paused':
    'Esta cuenta descansa. Nada de lo que se envía aquí llega a nadie. En peligro: llame al 911. ' +
    'Para seguir, hable con una persona de confianza.',
} as const
