// Prints, as JSON, what two calendar readers understand of a file:
// ical.js (Thunderbird's parser), with the file's own time zone, and node-ical.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(process.argv[2], "utf8");

function moment(time) {
  if (!time) return null;
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

function withIcalJs() {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      title: event.summary,
      start: moment(event.startDate),
      end: moment(event.endDate),
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
      description: event.description,
      attendees: event.attendees.map((attendee) => attendee.getParameter("cn")),
    };
  });
  const todos = calendar.getAllSubcomponents("vtodo").map((component) => ({
    uid: component.getFirstPropertyValue("uid"),
    title: component.getFirstPropertyValue("summary"),
    due: moment(component.getFirstPropertyValue("due")),
    status: component.getFirstPropertyValue("status"),
  }));
  return { events, todos, method: calendar.getFirstPropertyValue("method") };
}

function withNodeIcal() {
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((found) => found.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      title: event.summary,
      start: event.start.toISOString(),
      whole: event.datetype === "date",
    }));
}

console.log(JSON.stringify({ icaljs: withIcalJs(), nodeical: withNodeIcal() }));
