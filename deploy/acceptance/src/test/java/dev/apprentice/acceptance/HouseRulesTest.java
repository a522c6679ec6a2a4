package dev.apprentice.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the rules of CONTRIBUTING.md against the compiled classes of every module. This module is built last, so all classes exist. */
class HouseRulesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final List<String> MODULES = List.of(
            "libs/contracts", "libs/prompts", "libs/chat-models", "libs/language-model", "libs/storage", "libs/service-kit",
            "deploy/broker",
            "deploy/local", "deploy/cli", "dataset-service", "trainer-service", "inference-service", "judge-service");
    private static final List<String> SERVICES = List.of("dataset", "trainer", "inference", "judge");

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        List<Path> classes = MODULES.stream().map(module -> ROOT.resolve(module).resolve("target/classes")).toList();
        assertThat(classes).allSatisfy(folder -> assertThat(Files.isDirectory(folder)).as("%s is built", folder).isTrue());
        house = new ClassFileImporter().importPaths(classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "trainer", "inference", "judge"})
    void aServiceNeverImportsAnother(String service) {
        List<String> others = new ArrayList<>();
        SERVICES.stream().filter(other -> !other.equals(service)).forEach(other -> others.add("dev.apprentice." + other + ".."));
        others.add("dev.apprentice.local..");
        others.add("dev.apprentice.cli..");
        others.add("dev.apprentice.lab..");
        noClasses().that().resideInAPackage("dev.apprentice." + service + "..")
                .should().dependOnClassesThat().resideInAnyPackage(others.toArray(String[]::new))
                .because("services share only libs/")
                .check(house);
    }

    @Test
    void thePublishedLanguageDependsOnNothingOfOurs() {
        noClasses().that().resideInAPackage("dev.apprentice.contracts..")
                .should().dependOnClassesThat(
                        DescribedPredicate.describe(
                                "of ours outside contracts",
                                type -> type.getPackageName().startsWith("dev.apprentice")
                                        && !type.getPackageName().startsWith("dev.apprentice.contracts")))
                .check(house);
    }

    @Test
    void promptsDependOnNothingOfOurs() {
        noClasses().that().resideInAPackage("dev.apprentice.prompts..")
                .should().dependOnClassesThat(
                        DescribedPredicate.describe(
                                "of ours outside prompts",
                                type -> type.getPackageName().startsWith("dev.apprentice")
                                        && !type.getPackageName().startsWith("dev.apprentice.prompts")))
                .check(house);
    }

    @Test
    void onlyTheLanguageModelTouchesDjl() {
        noClasses().that().resideOutsideOfPackage("dev.apprentice.model..")
                .should().dependOnClassesThat().resideInAPackage("ai.djl..")
                .because("libs/language-model is the only place that touches DJL")
                .check(house);
    }

    @Test
    void theLanguageModelKnowsNothingOfKafkaOrQuarkus() {
        noClasses().that().resideInAPackage("dev.apprentice.model..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..", "dev.apprentice.contracts..")
                .because("it is a library for all who have a model and a GPU or a CPU")
                .check(house);
    }

    @Test
    void onlyTheChatModelsReachModelsOfOthersAndTheyArePlainJava() {
        noClasses().that().resideInAPackage("dev.apprentice.chat..")
                .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..")
                .because("the command line asks models, too, without a service")
                .check(house);
        noClasses().that().resideOutsideOfPackage("dev.apprentice.chat..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.langchain4j.model.ollama..", "dev.langchain4j.model.openai..")
                .because("libs/chat-models is how they are asked")
                .check(house);
    }

    @Test
    void onlyTheHubClientOfTheLanguageModelSpeaksHttp() {
        noClasses().that().resideInAPackage("dev.apprentice.model..")
                .and().resideOutsideOfPackage("dev.apprentice.model.hub..")
                .should().dependOnClassesThat().resideInAPackage("java.net.http..")
                .check(house);
    }

    @Test
    void trainingKnowsNothingOfTheHttpCalls() {
        noClasses().that().resideInAPackage("dev.apprentice.trainer.training..")
                .should().dependOnClassesThat().resideInAPackage("dev.apprentice.trainer.api..")
                .check(house);
    }

    @Test
    void theTrainersQueueIsOnTop() {
        noClasses().that().resideInAPackage("dev.apprentice.trainer..")
                .and().resideOutsideOfPackage("dev.apprentice.trainer.queue..")
                .should().dependOnClassesThat().resideInAPackage("dev.apprentice.trainer.queue..")
                .because("whose turn it is concerns none of what a turn does")
                .check(house);
    }

    @Test
    void thePageKnowsNothingOfTheJudges() {
        noClasses().that().resideInAPackage("dev.apprentice.judge.page..")
                .should().dependOnClassesThat().resideInAPackage("dev.apprentice.judge.judges..")
                .because("it shows scores and reports, however they came about")
                .check(house);
    }

    @Test
    void nothingNeedsTheLaboratory() {
        noClasses().that().resideOutsideOfPackage("dev.apprentice.lab..")
                .should().dependOnClassesThat().resideInAPackage("dev.apprentice.lab..")
                .because("a user does without it")
                .check(house);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> folders = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                assertThat(folders.filter(HouseRulesTest::holdsClasses))
                        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
            }
        }
    }

    private static boolean holdsClasses(Path folder) {
        String[] classes = folder.toFile().list((parent, name) -> name.endsWith(".java"));
        return classes != null && classes.length > 0;
    }
}
