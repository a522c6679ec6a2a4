/** Lists the licences of the libraries in the packages and checks whether they are allowed. */
package dev.apprentice.lab.licences;
