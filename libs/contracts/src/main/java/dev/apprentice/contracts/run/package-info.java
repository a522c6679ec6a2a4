/** The specification of a run: base model, data, hyper-parameters, how answers are generated and who grades them. */
package dev.apprentice.contracts.run;
