// Fill one engine's template with reports, one file each; print the seconds.
// node fill.js ENGINE TEMPLATE.docx DATA.json COUNT FOLDER
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { promisify } = require("node:util");

// Each engine's quickest documented way: loaded, then given a template file, then a report.
const engines = {
  docxtemplater() {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    return (file) => {
      const template = fs.readFileSync(file);
      return (data) =>
        new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true })
          .render(data)
          .toBuffer({ compression: "DEFLATE" });
    };
  },
  "easy-template-x"() {
    const { TemplateHandler } = require("easy-template-x");
    return (file) => {
      const template = fs.readFileSync(file);
      const handler = new TemplateHandler();
      return (data) => handler.process(template, data);
    };
  },
  "docx-templates"() {
    const { createReport } = require("docx-templates");
    return (file) => {
      const template = fs.readFileSync(file);
      return (data) => createReport({ template, data, noSandbox: true });
    };
  },
  carbone() {
    const render = promisify(require("carbone").render);
    return (file) => (data) => render(file, data);
  },
};

async function main([engine, template, source, count, folder]) {
  const reports = JSON.parse(fs.readFileSync(source, "utf8")).slice(0, Number(count));
  const open = engines[engine]();
  const start = process.hrtime.bigint();
  const fill = open(path.resolve(template));
  for (const [number, data] of reports.entries()) {
    fs.writeFileSync(path.join(folder, `${String(number).padStart(5, "0")}.docx`), await fill(data));
  }
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - start) / 1e9 }));
  process.exit(0); // carbone keeps a timer
}

main(process.argv.slice(2));
