export type { Figures, FigureWindow } from './figures.ts'
