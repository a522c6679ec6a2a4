/** Under which licences the libraries in the packages are, and whether they are allowed. */
package dev.apprentice.lab.licences;
