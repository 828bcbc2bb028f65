/** The area in the resident's words: lists name the committee, people name the place. */
export const areaNameOf = (registeredName: string): string =>
  registeredName
    .replace(/管理委员会社区$/, '社区')
    .replace(/虚拟社区$/, '社区')
    .replace(/社区居(民委员|委)会$/, '社区')
    .replace(/居(民委员|委)会$/, '社区')
    .replace(/村(民委员|委)会$/, '村')
    .replace(/嘎查(村|委员会)$/, '嘎查')
    .replace(/(社区)?(第[一二三四五六七八九十]+)?(党支部|党委|党工委)$/, '$1')
