/** Runs, their settings, figures and models, registered at an MLflow tracking server where there is one. */
package dev.apprentice.judge.mlflow;
