/** Reports and answers as files to take away. */
package dev.apprentice.judge.page.download;
