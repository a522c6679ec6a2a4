/** What services say to one another: one record a topic. Readers ignore fields they do not know; writers only ever add optional ones. */
package dev.apprentice.contracts.event;
