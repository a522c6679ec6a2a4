/** What a service says for its operators: log lines with run and trace, spans, warnings that do not repeat. */
package dev.apprentice.service.log;
