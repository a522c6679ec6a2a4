/** Registers runs, with their settings, figures and models, at an MLflow tracking server if one is configured. */
package dev.apprentice.judge.mlflow;
