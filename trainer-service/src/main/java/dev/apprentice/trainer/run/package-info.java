/** The known runs, which of them this instance trains, and how they ended. */
package dev.apprentice.trainer.run;
