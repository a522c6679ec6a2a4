/** What a service reports to its operators: log lines with run and trace, spans, and warnings that do not repeat. */
package dev.apprentice.service.log;
