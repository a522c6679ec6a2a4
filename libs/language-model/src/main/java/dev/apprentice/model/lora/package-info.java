/** Low-rank adapters (Hu et al., 2021) in PEFT's layout: trained, read, merged. */
package dev.apprentice.model.lora;
