const MONTHS = ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'];

/** `2016-12-09` as `9 de diciembre de 2016`. What is no such day stays as it is. */
export function dayInSpanish(isoDay: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDay);
  const month = match && MONTHS[Number(match[2]) - 1];
  return match && month ? `${Number(match[3])} de ${month} de ${match[1]}` : isoDay;
}
