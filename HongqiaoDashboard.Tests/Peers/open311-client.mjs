// Drives a client of Open311 that others wrote (the npm package "open311") against a server, and prints what it
// understood as one JSON object.
//
//     node open311-client.mjs DISCOVERY-ADDRESS API-KEY JURISDICTION
//
// The client reads XML with two libraries that cannot be installed any more: one was only ever in a repository, the other
// needs a compiler for a native parser. A third-party parser stands in for both, with the rule that the client expects: a
// list is an array, everything else an object of its members.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { XMLParser, XMLValidator } = require("fast-xml-parser");

// A list and what its items are called; answers to a service's questions are members of an object of the same name.
const Lists = {
  endpoints: "endpoint", formats: "format", services: "service", attributes: "attribute", values: "value",
  service_requests: "request", notes: "note", errors: "error",
};
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, parseTagValue: false, trimValues: false });

function rootOf(xml) {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) {
    throw new Error(`Not well-formed: ${JSON.stringify(valid.err)}`);
  }

  return parser.parse(xml).find((node) => !("?xml" in node));
}

function valueOf(node) {
  const name = Object.keys(node).find((key) => key !== ":@");
  const children = node[name];
  const elements = children.filter((child) => !("#text" in child));
  if (name in Lists && elements.every((child) => Lists[name] in child)) {
    return elements.map(valueOf);
  }

  return elements.length === 0
    ? children.map((child) => child["#text"]).join("") || null
    : Object.fromEntries(elements.map((child) => [Object.keys(child).find((key) => key !== ":@"), valueOf(child)]));
}

const Module = require("node:module");
const load = Module._load;
Module._load = function (request, ...rest) {
  switch (request) {
    case "sparkxml":
      return { parseXml: (xml) => valueOf(rootOf(xml)) };
    case "xml2json":
      return { toJson: (xml) => ({ service_requests: { request: valueOf(rootOf(xml))[0] } }) };
    default:
      return load.call(this, request, ...rest);
  }
};

const Open311 = require("open311");
const [discovery, apiKey, jurisdiction] = process.argv.slice(2);

// The client gives the error's text as its second value.
const ask = (client, method, ...args) =>
  new Promise((resolve, reject) =>
    client[method](...args, (error, data) => (error ? reject(new Error(`${method}: ${error} ${data}`)) : resolve(data))));

const refusal = (promise) => promise.then(() => null, (error) => error.message);

async function walk(format) {
  const client = new Open311({ discovery: `${discovery}.${format}`, apiKey, jurisdiction });
  const found = { discovery: await ask(client, "serviceDiscovery", { cache: true }) };
  found.endpoint = client.endpoint;
  // Discovery makes the client choose JSON whatever it found.
  client.format = format;

  found.services = await ask(client, "serviceList");
  found.definition = await ask(client, "serviceDefinition", "0702");
  const plain = { service_code: "0401", lat: "39.167", long: "117.15", description: `<垃圾> & "${format}" 😀`, address_string: "咸阳北路" };
  found.plain = await ask(client, "submitRequest", plain);
  found.asked = await ask(client, "submitRequest", { ...plain, service_code: "0702", attributes: { width: "1.5", traffic: "yes" } });
  found.batch = await ask(client, "submitRequest", { ...plain, service_code: "0306", attributes: { company: "某厂", hazard: "灭火器\n过期" } });
  found.token = await ask(client, "token", found.batch[0].token);
  const ids = [found.plain[0].service_request_id, found.asked[0].service_request_id, found.token[0].service_request_id];
  found.one = await ask(client, "serviceRequest", ids[0]);
  found.named = await ask(client, "serviceRequests", ids, { api_key: apiKey, extensions: "true" });
  found.listed = await ask(client, "serviceRequests", { status: "open", service_code: "0401,0702", page_size: "2" });
  found.refused = [
    await refusal(ask(client, "submitRequest", { ...plain, service_code: "0702" })),
    await refusal(ask(client, "serviceDefinition", "nosuch")),
    await refusal(ask(new Open311({ endpoint: client.endpoint, format, apiKey: "wrong" }), "submitRequest", plain)),
    await refusal(ask(new Open311({ endpoint: client.endpoint, format, jurisdiction: "elsewhere" }), "serviceList")),
  ];
  return found;
}

process.stdout.write(JSON.stringify({ json: await walk("json"), xml: await walk("xml") }));
