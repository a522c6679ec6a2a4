package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command line reads only the fields it needs of a service's response, in records of its own. So it understands services of
 * other versions. This test checks that those fields exist, so it finds a component that was renamed on one side alone.
 */
class ReadAnswersTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter().importPaths(
                Stream.of(
                                "deploy/cli/target/classes/dev/apprentice/cli/client",
                                "dataset-service/target/classes/dev/apprentice/dataset/inspection",
                                "dataset-service/target/classes/dev/apprentice/dataset/datasets",
                                "dataset-service/target/classes/dev/apprentice/dataset/batches",
                                "trainer-service/target/classes/dev/apprentice/trainer/api",
                                "trainer-service/target/classes/dev/apprentice/trainer/request",
                                "inference-service/target/classes/dev/apprentice/inference/api",
                                "inference-service/target/classes/dev/apprentice/inference/answering",
                                "judge-service/target/classes/dev/apprentice/judge/page/api",
                                "judge-service/target/classes/dev/apprentice/judge/run",
                                "judge-service/target/classes/dev/apprentice/judge/judges")
                        .map(ROOT::resolve)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Answer                | inference.api.AskAnswer",
        "WaitingExam           | inference.answering.WaitingExam",
        "Dataset               | dataset.datasets.catalog.Dataset",
        "Omissions             | dataset.datasets.reading.outcome.Omissions",
        "Reject                | dataset.datasets.reading.outcome.Reject",
        "Reject$Violation      | dataset.datasets.reading.outcome.Violation",
        "Receipt               | dataset.datasets.intake.Receipt",
        "Receipt$Refusal       | dataset.datasets.intake.Refusal",
        "Inspection            | dataset.inspection.Inspection",
        "Inspection$Texts      | dataset.inspection.Inspection$Texts",
        "Inspection$Problem    | dataset.inspection.Inspection$Problem",
        "Inspection$Place      | dataset.inspection.Inspection$Place",
        "Inspection$Lengths    | dataset.inspection.Inspection$Lengths",
        "Inspection$Part       | dataset.inspection.Histogram$Part",
        "Inspection$Token      | dataset.batches.RunFormat$ShownToken",
        "RunStatus             | trainer.api.RunStatus",
        "RunReport             | judge.page.api.RunReport",
        "StepReport            | judge.page.api.RunReport$StepReport",
        "GradedRun             | judge.run.RunSummary",
        "GradedRun$Exams       | judge.run.RunSummary$Exams",
        "GradedRun$Best        | judge.run.RunSummary$BestScore",
        "JudgeStatus           | judge.run.JudgeStatus",
        "JudgeFinding          | judge.judges.judging.JudgeCheck$Finding",
        "Regraded              | judge.judges.grading.Regrading$Begun",
    })
    void whatTheCommandLineReadsOfAnAnswerIsThere(String read, String answer) {
        assertThat(components(of("dev.apprentice.cli.client.answer", read)))
                .isNotEmpty()
                .isSubsetOf(components(of("dev.apprentice", answer)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Question | inference.api.AskRequest", "RunRequest | trainer.request.RunRequest"})
    void whatTheCommandLineAsksIsUnderstood(String asked, String request) {
        assertThat(components(of("dev.apprentice.cli.client", asked)).stream().filter(name -> !name.equals("grading")))
                .isNotEmpty()
                .isSubsetOf(components(of("dev.apprentice", request)));
    }

    private static JavaClass of(String base, String name) {
        return house.get(base + "." + name);
    }

    /** Returns the fields of the record, and the methods that add properties to its JSON. */
    private static Set<String> components(JavaClass record) {
        Stream<String> fields = record.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .map(field -> field.getName());
        Stream<String> derived = record.getMethods().stream()
                .filter(method -> method.isAnnotatedWith("com.fasterxml.jackson.annotation.JsonProperty"))
                .map(method -> method.getName());
        return Stream.concat(fields, derived).collect(Collectors.toSet());
    }
}
