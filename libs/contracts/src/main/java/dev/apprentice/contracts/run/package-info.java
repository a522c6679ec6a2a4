/** What a run is asked to do: base model, data, hyper-parameters, how answers are made and who grades them. */
package dev.apprentice.contracts.run;
