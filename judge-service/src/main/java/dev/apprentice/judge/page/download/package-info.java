/** Reports and answers as files for download. */
package dev.apprentice.judge.page.download;
