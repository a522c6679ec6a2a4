/** HTTP API: questions, an exam's answers, waiting exams, and errors as RFC 9457 problem details. */
package dev.apprentice.inference.api;
