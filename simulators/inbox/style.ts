/** One sheet for all pages of the inbox; nothing is loaded from elsewhere. */
export const STYLE = `
:root { color-scheme: light; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #f3f4f7; color: #1d2433; }
header { background: #1d2433; color: #fff; padding: 18px 28px; }
header h1 { margin: 0; font-size: 22px; }
header p { margin: 4px 0 0; color: #c3c9d6; }
header a { color: #fff; }
nav { padding: 14px 28px 0; display: flex; flex-wrap: wrap; gap: 8px; }
nav a { background: #fff; border: 1px solid #d5d9e2; border-radius: 999px; padding: 4px 14px; color: inherit; text-decoration: none; }
nav b { margin-left: 6px; }
main { padding: 4px 28px 40px; }
section { margin-top: 26px; background: #fff; border: 1px solid #d5d9e2; border-radius: 12px; padding: 16px 20px 20px; }
h2 { margin: 0; font-size: 18px; }
h2 small { font-weight: normal; color: #5d677b; margin-left: 8px; }
h3 { font-size: 14px; margin: 18px 0 8px; }
.empty { color: #5d677b; margin: 10px 0 0; }
.phones { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; margin-top: 12px; }
.phone { width: 270px; border: 6px solid #2b3346; border-radius: 26px; background: #eef1f6; overflow: hidden; }
.phone h3 { margin: 0; padding: 9px 12px; background: #2b3346; color: #fff; text-align: center; }
.text { margin: 10px; padding: 8px 11px; background: #fff; border-radius: 4px 14px 14px 14px; }
.text .from { font-weight: 600; }
.text .body { white-space: pre-wrap; overflow-wrap: anywhere; margin: 3px 0 6px; }
.text .meta { color: #5d677b; font-size: 12px; overflow-wrap: anywhere; }
.later { color: #8a4b00; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-top: 1px solid #e5e8ee; }
form { display: inline; }
button, .button { font: inherit; font-size: 12px; padding: 2px 10px; margin: 6px 4px 0 0; border: 1px solid #b9c0ce; border-radius: 999px; background: #fff; color: inherit; text-decoration: none; cursor: pointer; display: inline-block; line-height: 1.5; }
button:hover, .button:hover { background: #eef1f6; }
.state { font-weight: 600; }
.good { color: #17693a; }
.bad { color: #a11; }
.sheet { max-width: 560px; margin: 26px auto; }
.sheet label { display: block; margin-top: 14px; font-weight: 600; }
.sheet input, .sheet textarea, .sheet select { font: inherit; font-weight: normal; width: 100%; box-sizing: border-box; padding: 6px 8px; border: 1px solid #b9c0ce; border-radius: 8px; }
.sheet button, .sheet .button { font-size: 14px; padding: 5px 18px; margin-top: 18px; }
td code { white-space: pre-wrap; overflow-wrap: anywhere; }
.fault { color: #a11; }
`;
