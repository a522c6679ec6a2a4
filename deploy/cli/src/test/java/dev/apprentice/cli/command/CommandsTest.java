package dev.apprentice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.FakeService;
import dev.apprentice.cli.command.data.DatasetSources;
import dev.apprentice.cli.command.option.DatasetName;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.command.run.OptionNames;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Names;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.RunningSystem;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.GgufFile;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(strings = {"runs", "follow r", "cancel r", "resume r", "report r", "responses r", "ask why", "export r --out model.gguf", "merge r"})
    void sayHowToStartWhenNothingRuns(String command) {
        CommandRun run = CommandRun.of(home, command.split(" "));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly("Nothing runs in " + home + "; start it with `apprentice up` or name the folder of a system"
                        + " that runs with --home.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tune", "stream"})
    void helpShowsACommandsOptions(String command) {
        CommandRun run = CommandRun.of(home, "help", command);

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: apprentice " + command).contains("--home=DIR");
    }

    @Test
    void statusShowsThatNothingRuns() {
        CommandRun run = CommandRun.of(home, "status");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(5).allMatch(line -> line.endsWith("not running"));
    }

    @Test
    void downIsContentWhenNothingRuns() {
        CommandRun run = CommandRun.of(home, "down");

        assertThat(run.status()).isZero();
        assertThat(run.out().strip()).isEqualTo("Nothing runs in " + home + ".");
    }

    @Test
    void tuneNamesTheFileThatIsMissing() {
        Path missing = home.resolve("data.json");

        CommandRun run = CommandRun.of(home, "tune", "--model", home.toString(), "--data", missing.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip())
                .isEqualTo("There is no file or folder " + missing + "; --data names the data.");
    }

    @Test
    void tuneNamesTheModelThatIsNoFolder() throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[]");

        CommandRun run = CommandRun.of(home, "tune", "--model", "gpt2-nowhere", "--data", data.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("The model gpt2-nowhere is not a folder; --model takes a folder with config.json");
    }

    @Test
    void streamSaysWhatItLacks() throws IOException {
        Path data = Files.writeString(home.resolve("data.jsonl"), "{}");
        assertThat(CommandRun.of(home, "stream", "-").err().strip())
                .isEqualTo("Standard input has no name; give the dataset one with --dataset.");
        assertThat(CommandRun.of(home, "stream", home.resolve("missing.jsonl").toString()).err().strip())
                .isEqualTo("The file " + home.resolve("missing.jsonl") + " does not exist or cannot be read.");
        assertThat(CommandRun.of(home, "stream", data.toString(), "--replay", "0.2").err().strip())
                .isEqualTo("Options of a run need --model, which begins one; without it, examples are only sent.");
        assertThat(CommandRun.of(home, "stream", data.toString()).err().strip()).startsWith("Nothing runs in " + home);
    }

    @Test
    void logsNameTheMembersThereAre() {
        assertThat(CommandRun.of(home, "logs", "kafka").err().strip())
                .isEqualTo("There is no member 'kafka'; there are broker, dataset-service, trainer-service,"
                        + " inference-service, judge-service.");
        assertThat(CommandRun.of(home, "logs", "trainer").err()).startsWith("trainer-service has no log in " + home);
    }

    @Test
    void logsAreShownReadable() throws IOException {
        Path logs = Files.createDirectories(home.resolve("logs"));
        Files.writeString(logs.resolve("judge-service.log"), "{\"level\":\"INFO\",\"loggerName\":\"a.B\",\"message\":\"hello\"}\n");

        assertThat(CommandRun.of(home, "logs", "judge").out().strip()).isEqualTo("INFO  [B] hello");
    }

    @Test
    void exportWritesAFoldersModel() throws IOException {
        Path model = Fixtures.modelFolder("tiny-llama", home.resolve("model"));
        Path out = home.resolve("model.gguf");

        CommandRun run = CommandRun.of(home, "export", model.toString(), "--format", "gguf", "--out", out.toString());

        Path modelfile = home.resolve("model.Modelfile");
        assertThat(run.out().strip()).isEqualTo("The model in " + model + " is now in " + out + "; `ollama create NAME -f "
                + modelfile + "` has Ollama run it.");
        assertThat(run.status()).isZero();
        assertThat(Files.readString(modelfile)).isEqualTo("FROM ./model.gguf\nPARAMETER temperature 0\n");
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).startsWith("GGUF");
    }

    /** The text that Ollama gets from the template equals the exam's prompt. */
    @Test
    void aModelfileHasTheTemplateThatTheModelWasTaughtWith() throws IOException {
        Path model = Fixtures.modelFolder("tiny-llama", home.resolve("model"));
        Files.writeString(model.resolve("chat_template.jinja"), PromptStyle.ALPACA.chatTemplate("<s>", "</s>"));

        assertThat(CommandRun.of(home, "export", model.toString(), "--type", "f16", "--out", home.resolve("a.gguf").toString()).err())
                .isEmpty();

        assertThat(Files.readString(home.resolve("a.Modelfile"))).isEqualTo("""
                FROM ./a.gguf
                TEMPLATE \"""{{ if .System }}{{ .System }}

                ### Instruction:
                {{ .Prompt }}

                ### Response:
                {{ else }}Below is an instruction that describes a task. Write a response that appropriately completes the request.

                ### Instruction:
                {{ .Prompt }}

                ### Response:
                {{ end }}\"""
                PARAMETER temperature 0
                """);
    }

    @Test
    void aModelfileHasATemplateThatIsNotBundledToo() throws IOException {
        Path model = Fixtures.modelFolder("tiny-llama", home.resolve("model"));
        Files.writeString(model.resolve("chat_template.jinja"), """
                {% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('none') }}{% endif %}\
                [{{ m.role }}] {{ m.content | trim }}<|endoftext|>{% endfor %}{% if add_generation_prompt %}[me] {% endif %}""");

        assertThat(exportedModelfile(model)).isEqualTo("""
                FROM ./b.gguf
                TEMPLATE \"""[user] {{ .Prompt }}<|endoftext|>[me] \"""
                PARAMETER temperature 0
                """);

        Files.writeString(model.resolve("chat_template.jinja"), "{{ messages[0].content }}{{ '{{' }}");
        assertThat(exportedModelfile(model)).startsWith("FROM ./b.gguf\n# The model's chat template cannot be written for Ollama: ");
    }

    private String exportedModelfile(Path model) throws IOException {
        assertThat(CommandRun.of(home, "export", model.toString(), "--type", "f16", "--out", home.resolve("b.gguf").toString()).err())
                .isEmpty();
        return Files.readString(home.resolve("b.Modelfile"));
    }

    @Test
    void mergeMakesOneModelOfAnAdapterAndItsBaseAndExportDoesSoByItself() throws IOException {
        Path base = Fixtures.modelFolder("tiny-llama", home.resolve("base"));
        Path adapter = home.resolve("adapter");
        int[] ids = {1, 2, 3};
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(base))) {
            model.adapt(new LoraSettings(2, 8, 0, List.of("q_proj", "down_proj"), 5));
            model.saveAdapter(adapter);
        }
        changeEverything(adapter.resolve("adapter_model.safetensors"));
        float[] expected = logits(adapter, ids);
        assertThat(expected).isNotEqualTo(logits(base, ids));
        Path merged = home.resolve("merged").resolve("adapter");

        assertThat(CommandRun.of(home, "merge", adapter.toString()).out().strip())
                .isEqualTo("The adapter in " + adapter + " and its model are now one model in " + merged + ".");

        assertThat(logits(merged, ids)).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
        assertThat(merged.resolve("adapter_config.json")).doesNotExist();
        Path direct = home.resolve("direct.gguf");
        Path twice = home.resolve("twice.gguf");
        CommandRun.of(home, "export", adapter.toString(), "--out", direct.toString());
        CommandRun.of(home, "export", merged.toString(), "--out", twice.toString());
        assertThat(tensors(direct)).isEqualTo(tensors(twice)).hasSizeGreaterThan(18);
        assertThat(CommandRun.of(home, "merge", adapter.toString()).err().strip())
                .isEqualTo(merged + " already exists; remove it, or name another folder with --out.");

        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(CommandRun.of(home, "merge", adapter.toString(), "--out", file.resolve("merged").toString()).err().strip())
                .isEqualTo(file + " exists and is not a folder.");
        assertThat(CommandRun.of(home, "merge", base.toString()).err())
                .startsWith("The model in " + base + " has no adapter to merge");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left.map(path -> path.getFileName().toString()).toList())
                    .noneMatch(name -> name.contains("merged-") || name.contains("unfinished"));
        }
    }

    /** Sets each element of the adapter to a quarter, as if it had learned, since a new adapter has no effect. */
    private static void changeEverything(Path weights) throws IOException {
        Path fresh = Files.move(weights, weights.resolveSibling("fresh"));
        try (SafetensorsFile file = SafetensorsFile.open(fresh)) {
            List<TensorData> tensors = file.entries().values().stream()
                    .map(entry -> {
                        ByteBuffer bytes = ByteBuffer.allocate((int) entry.length()).order(ByteOrder.LITTLE_ENDIAN);
                        while (bytes.hasRemaining()) {
                            bytes.putFloat(0.25f);
                        }
                        return new TensorData(entry.name(), entry.type(), entry.shape(), bytes::flip);
                    })
                    .toList();
            SafetensorsWriter.write(weights, tensors, Map.of("format", "pt"));
        }
    }

    private static float[] logits(Path folder, int[] ids) {
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(folder))) {
            return model.logits(ids);
        }
    }

    private static Map<String, ByteBuffer> tensors(Path gguf) {
        Map<String, ByteBuffer> tensors = new HashMap<>();
        try (GgufFile file = GgufFile.open(gguf)) {
            file.entries().keySet().forEach(name -> {
                ByteBuffer data = file.data(name);
                tensors.put(name, ByteBuffer.allocate(data.remaining()).put(data).flip());
            });
        }
        return tensors;
    }

    @Test
    void exportSaysWhatItCannotWrite() {
        Path out = home.resolve("missing").resolve("model.gguf");
        assertThat(CommandRun.of(home, "export", home.toString(), "--out", out.toString()).err())
                .startsWith("The file " + out + " cannot be written");
        assertThat(CommandRun.of(home, "export", home + "/nowhere", "--out", home.resolve("m").toString()).err().strip())
                .isEqualTo("The model " + home + "/nowhere is not a folder; name a folder, one in an object store as"
                        + " s3://bucket/folder, or a run (`apprentice runs` lists them).");
        assertThat(CommandRun.of(home, "export", home.toString(), "--out", home.resolve("m").toString()).err())
                .startsWith("Model folder " + home + " lacks config.json");
    }

    @Test
    void anUnknownOptionIsAnErrorOfUse() {
        assertThat(CommandRun.of(home, "up", "--fast").status()).isEqualTo(2);
    }

    @Test
    void upNamesThePortThatIsNone() {
        assertThat(CommandRun.of(home, "up", "--port", "judge=70000").err().strip())
                .isEqualTo("Port 70000 for judge-service is not a port; use a number from 1 to 65535.");
    }

    @ParameterizedTest
    @CsvSource({
        "instruction-data.json, instruction-data",
        "my examples (1).jsonl, my-examples-1-",
        "données.json, donnees",
        "数据.jsonl, dataset-67677b3d",
        "数据-v2.jsonl, v2-4dc8a133",
        "_hidden, hidden",
        "v1.2, v1.2"
    })
    void aDatasetIsNamedAfterItsFile(String file, String name) {
        assertThat(DatasetName.of(Path.of("/some/where", file))).isEqualTo(name);
    }

    @Test
    void filesOfOtherScriptsHaveDatasetsOfTheirOwn() {
        assertThat(DatasetName.of(Path.of("数据1.jsonl"))).isNotEqualTo(DatasetName.of(Path.of("训练1.jsonl")));
        assertThat(Stream.of("???.json", "数".repeat(90), "ж".repeat(200) + "a".repeat(120)).map(Path::of).map(DatasetName::of))
                .allMatch(Names::isValid);
    }

    @Test
    void aDatasetThatIsNotCalledAsItsFileIsSaid() {
        assertThat(DatasetName.explained(Path.of("a", "mine.jsonl"), "mine")).isEmpty();
        assertThat(DatasetName.explained(Path.of("a", "my data.jsonl"), "my-data")).hasValue("The dataset of my data.jsonl is"
                + " named my-data, because a dataset's name may have only the letters a-z and A-Z, digits, '.', '_' and '-';"
                + " --dataset NAME gives it another.");
    }

    @Test
    void aTildeIsTheHomeOfTheUserAlsoWhereTheShellLeavesIt() {
        String user = System.getProperty("user.home");

        assertThat(UserPath.of("~/x.json")).isEqualTo(Path.of(user, "x.json"));
        assertThat(UserPath.of("~")).isEqualTo(Path.of(user));
        assertThat(UserPath.of("~other/x")).isEqualTo(Path.of("~other/x"));
        assertThat(CommandRun.of(home, "tune", "--model", "~/no/model", "--data=~/no/data.json").err().strip())
                .isEqualTo("There is no file or folder " + Path.of(user, "no", "data.json") + "; --data names the data.");
    }

    @Test
    void tuneTakesFilesAndSaysSoOfAddresses() {
        assertThat(CommandRun.of(home, "tune", "--model", "m", "--data", "ftp://user:secret@example.org/x.json").err().strip())
                .isEqualTo("--data names a file or a folder of this machine, or an address that begins with http://, https://,"
                        + " s3:// or hf:; download other data first.");
    }

    @Test
    void textFromAnywhereCannotMoveTheCursor() {
        assertThat(Words.harmless("a\u001b[2Jb\tc\nd\r")).isEqualTo("a\uFFFD[2Jb\tc\nd\uFFFD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tune --model x | Missing required option: '--data=FILE' | apprentice tune",
        "tune --epochs many | Invalid value for option '--epochs': 'many' is not a whole number | apprentice tune",
        "tune --epochs 99999999999 | Invalid value for option '--epochs': 99999999999 is too large | apprentice tune",
        "tune --learning-rate fast | Invalid value for option '--learning-rate': 'fast' is not a number | apprentice tune",
        "tune --split random | Invalid value for option '--split': 'random' is not one of ordered, position, hash |"
                + " apprentice tune",
        "completion fish | Invalid value for SHELL: 'fish' is not one of bash, zsh | apprentice completion",
        "status --api-key-file= | Invalid value for option '--api-key-file': it is empty | apprentice status",
        "dead-letters replay --nonsense | Unknown option: '--nonsense'. | apprentice dead-letters replay",
        "tune --modle x --data d | Unknown option: '--modle'; did you mean '--model'? | apprentice tune",
        "tune --model x --dta d | Unknown option: '--dta'; did you mean '--data'? | apprentice tune",
        "tune --batchsize 4 | Unknown option: '--batchsize'; did you mean '--batch-size'? | apprentice tune",
        "tune --learning-rte=1e-4 --model x | Unknown option: '--learning-rte=1e-4'; did you mean '--learning-rate'?"
                + " | apprentice tune",
        "tune --model x --data d --judges a | Unknown option: '--judges'; did you mean '--judge'? | apprentice tune",
        "ask Why? --temp 0.5 | Unknown option: '--temp'; did you mean '--temperature'? | apprentice ask",
        "export r --typ f16 | Unknown option: '--typ'; did you mean '--type'? | apprentice export",
        "report r extra | Unmatched argument at index 4: 'extra'. | apprentice report",
        "exprot r | There is no command 'exprot'; did you mean 'export'? | apprentice",
        "tune --precision fp8 | Invalid value for option '--precision': 'fp8' is not a precision; there are float32 (fp32)"
                + " and bfloat16 (bf16) | apprentice tune",
        "rains | There is no command 'rains'. | apprentice",
        "rains --help | There is no command 'rains'. | apprentice",
        "dataset --help | There is no command 'dataset'; did you mean 'datasets'? | apprentice",
        "datasets lst -h | There is no command 'lst'; did you mean 'list'? | apprentice datasets",
    })
    void aMistakeInTheOptionsIsSaidWithoutTheWholeUsage(String command, String problem, String usage) {
        CommandRun run = CommandRun.of(home, command.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).startsWith(problem).endsWith("See `" + usage + " --help`.")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aHomeThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("thesis.txt"), "all I have");
        CommandRun run = CommandRun.of(file, "up");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip())
                .isEqualTo(file + " is not a writable folder; choose another with --home or APPRENTICE_HOME.");
        assertThat(file).hasContent("all I have");
    }

    /** Asks the shell itself how it completes with the script. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "./apprentice dead | dead-letters",
        "./apprentice tune --learn | --learning-rate",
        "./apprentice dead-letters rep | replay",
    })
    void bashCompletesCommandsAndOptions(String typed, String completed) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash here");
        Path script = Files.writeString(home.resolve("completion"), CommandRun.of(home, "completion", "bash").out());
        String[] words = typed.split(" ");
        String ask = "source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.length - 1)
                + "; _complete_apprentice; printf '%s\n' \"${COMPREPLY[@]}\"";

        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", ask).redirectErrorStream(true).start();

        try (BufferedReader said = bash.inputReader()) {
            assertThat(said.lines()).contains(completed);
        }
    }

    @Test
    void withoutACommandAllAreListed() {
        CommandRun run = CommandRun.of(home);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).startsWith("Usage: apprentice [-hV]").contains("  tune  ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "training.learningRate must be above 0 | --learning-rate must be above 0",
        "training.lora.rank must be 1, not training.keepCheckpoints.last | --lora-rank must be 1, not --keep-last",
        "data.promptStyle, data.maxLength and model.location | --prompt, --max-length and --model",
        "training.beta1 must be below 1 | training.beta1 must be below 1",
        "add examples, or choose position for data.split.policy, | add examples, or choose position for --split,",
        "data.linger is for a stream | --linger is for a stream",
        "run 'x' has no judge, and none is configured; name one in 'judge' | run 'x' has no judge, and none is configured; name one in --judge",
        "no head in /home/me/data.run/model.seed | no head in /home/me/data.run/model.seed",
    })
    void whatAServiceSaysOfARunNamesTheOptions(String words, String said) {
        assertThat(OptionNames.in(words)).isEqualTo(said);
    }

    @Test
    void filesOfOneNameInTwoFoldersHaveTwoDatasets() throws IOException {
        Path first = Files.createDirectories(home.resolve("a")).resolve("data.json");
        Path second = Files.createDirectories(home.resolve("b")).resolve("data.json");
        DatasetSources sources = new DatasetSources(home.resolve("run/datasets.json"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false, 100);

        assertThat(sources.nameOf(first, screen)).isEqualTo("data");
        sources.remember("data", first);
        assertThat(sources.nameOf(first, screen)).isEqualTo("data");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();

        String apart = sources.nameOf(second, screen);
        sources.remember(apart, second);
        assertThat(apart).matches("data-[0-9a-f]{8}").isEqualTo(sources.nameOf(second, screen));
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("The dataset of " + second + " is named " + apart
                + ", because data has the examples of " + first + ". --dataset NAME gives it another name; --dataset data"
                + " replaces those examples.");
        assertThat(sources.nameOf(first, screen)).isEqualTo("data");
        sources.remember("data", second); // as with --dataset data
        assertThat(sources.nameOf(second, screen)).isEqualTo("data");
    }

    @Test
    void aRecordOfDatasetsFilesThatIsDamagedIsSaidToBe() throws IOException {
        Path record = Files.writeString(home.resolve("datasets.json"), "[");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> new DatasetSources(record).remember("data", home))
                .withMessageContaining("The record of datasets' files, " + record + ", cannot be read")
                .withMessageContaining("delete it");
    }

    @Test
    void aRefusedQuestionNamesTheOptions() throws IOException {
        String problem = """
                {"title": "Bad Request", "violations": [
                  {"field": "maxNewTokens", "message": "must be at most 100"}, {"field": "instruction", "message": "is blank"}]}""";
        try (FakeService inference = new FakeService().answers("POST /ask", 400, problem)) {
            RunningSystem.pretend(home, inference.as(Member.INFERENCE_SERVICE));

            assertThat(CommandRun.of(home, "ask", "Why?").err()).isEqualToIgnoringNewLines(
                    "inference-service says: this cannot be done:  - --max-new-tokens must be at most 100  - instruction is blank");
        }
    }

    @Test
    void aJudgeThatCannotGradeIsSaidBeforeTheRunBegins() throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[]");
        String missing = """
                [{"judge": "llama3", "ok": false, "address": "http://localhost:11434",
                  "problem": "Ollama at http://localhost:11434 has no model 'llama3'.", "wayOut": "ollama pull llama3"}]""";
        String unknown = """
                [{"judge": "llama3@nope", "ok": false, "problem": "there is no rubric 'nope'", "wayOut": "Name another."}]""";
        try (FakeService trainer = new FakeService().answers("POST /runs?check=true", 200, "{}");
                FakeService judge = new FakeService().answers("POST /judges/check", 200, missing)) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE)
                    .with(Map.of(Member.JUDGE_SERVICE, judge.port(), Member.DATASET_SERVICE, 1)));
            String[] tune = {"tune", "--model", home.toString(), "--data", data.toString(), "--judge", "llama3", "--detach"};

            CommandRun refused = CommandRun.of(home, tune);
            CommandRun goesOn = CommandRun.of(home, Stream.concat(Stream.of(tune), Stream.of("--judge-later")).toArray(String[]::new));
            judge.answers("POST /judges/check", 200, unknown);
            CommandRun never = CommandRun.of(home, Stream.concat(Stream.of(tune), Stream.of("--judge-later")).toArray(String[]::new));

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err().lines()).containsExactly(
                    "Judge 'llama3' cannot grade now: Ollama at http://localhost:11434 has no model 'llama3'.",
                    "  What helps: ollama pull llama3",
                    "No run was started. --judge-later starts it anyway; its answers then wait for the judge.");
            assertThat(judge.asked().get(0).body()).isEqualTo("{\"judge\":\"llama3\"}");
            assertThat(goesOn.out()).contains("The run starts anyway");
            assertThat(goesOn.err()).startsWith("dataset-service does not answer at ");
            assertThat(never.err()).startsWith("Judge 'llama3@nope' cannot grade: there is no rubric 'nope'").contains("No run was started.")
                    .doesNotContain("--judge-later");
        }
    }

    @Test
    void runsThatCannotBeTrainedAreRefusedBeforeTheirDataIsSent() throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[]");
        try (FakeService trainer = new FakeService().answers("POST /runs?check=true", 400, """
                {"title": "Bad", "violations": [{"field": "training.learningRate", "message": "must be greater than 0"}]}""")) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE));

            CommandRun run = CommandRun.of(home, "tune", "--model", home.toString(), "--data", data.toString(),
                    "--learning-rate", "-1", "--precision", "bf16");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().strip()).isEqualTo("trainer-service says: Bad\n  - --learning-rate must be greater than 0");
            assertThat(trainer.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.request()).isEqualTo("POST /runs?check=true");
                assertThat(asked.body()).contains("\"learningRate\":-1.0", "\"precision\":\"BFLOAT16\"");
            });
        }
    }

    @Test
    void aRecipeIsARunAndOptionsOverrideIt() throws IOException {
        Path folder = Files.createDirectories(home.resolve("recipes"));
        Files.writeString(folder.resolve("rows.jsonl"), "{\"review\": \"Fine.\", \"label\": 1}\n");
        Files.writeString(folder.resolve("mine.jinja"), "{% for m in messages %}{{ m.content }}{% endfor %}");
        Path recipe = Files.writeString(folder.resolve("run.yaml"), """
                run: first
                model: {location: .}
                data:
                  file: rows.jsonl
                  template: sentiment
                  fields: [text=review]
                  promptStyle: mine.jinja
                  split: {policy: hash, test: 0.2}
                training: {epochs: 3, beta2: 0.95, schedule: cosine, lora: {rank: 8}}
                """);
        try (FakeService trainer = new FakeService().answers("POST /runs?check=true", 400, "{\"title\": \"Bad\"}")) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE));

            CommandRun.of(home, "tune", "--recipe", recipe.toString(), "--run", "second", "--epochs", "1");
            CommandRun printed = CommandRun.of(home, "tune", "--recipe", recipe.toString(), "--run", "second", "--print-recipe");
            Path copy = Files.writeString(home.resolve("copy.yaml"), printed.out());
            CommandRun.of(home, "tune", "--recipe", copy.toString(), "--epochs", "1");

            JsonNode asked = Json.MAPPER.readTree(trainer.asked().get(0).body());
            assertThat(asked).isEqualTo(Json.MAPPER.readTree("""
                    {"run": "second", "model": {"location": "FOLDER"},
                     "data": {"dataset": "rows", "file": "FOLDER/rows.jsonl", "promptStyle": "mine.jinja",
                       "reading": {"template": "sentiment", "fields": ["text=review"]},
                       "promptTemplate": {"text": "{% for m in messages %}{{ m.content }}{% endfor %}"},
                       "split": {"policy": "HASH", "test": 0.2}},
                     "training": {"epochs": 1, "beta2": 0.95, "schedule": "COSINE", "lora": {"rank": 8}},
                     "labels": ["negative", "positive"]}""".replace("FOLDER", folder.toString())));
            assertThat(Json.MAPPER.readTree(trainer.asked().get(1).body())).isEqualTo(asked);
            assertThat(printed.out()).contains("schedule: cosine");
        }
    }

    @Test
    void severalFilesWeightsAndFilesOfTheirOwnAreOneRun() throws IOException {
        for (String name : List.of("a.jsonl", "b.csv", "dev.jsonl", "exam.jsonl")) {
            Files.writeString(home.resolve(name), "{}\n");
        }
        String[] asked = {"tune", "--model", home.toString(), "--data", home.resolve("a.jsonl") + "=2", "--data", home.resolve("b.csv") + "=0.3",
            "--data", "hf:org/more:test", "--validation", home.resolve("dev.jsonl").toString(), "--test", home.resolve("exam.jsonl").toString(),
            "--test-share", "0.2"};
        try (FakeService trainer = new FakeService().answers("POST /runs?check=true", 400, "{\"title\": \"Bad\"}")) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE));

            CommandRun.of(home, asked);

            assertThat(Json.MAPPER.readTree(trainer.asked().get(0).body()).path("data")).isEqualTo(Json.MAPPER.readTree("""
                    {"dataset": "a", "file": "HOME/a.jsonl", "weight": 2.0,
                     "also": [{"dataset": "b", "weight": 0.3, "file": "HOME/b.csv"}, {"dataset": "org-more-test", "file": "hf:org/more:test"}],
                     "validation": {"dataset": "dev", "file": "HOME/dev.jsonl"}, "test": {"dataset": "exam", "file": "HOME/exam.jsonl"},
                     "split": {"train": 0.75, "test": 0.2}}""".replace("HOME", home.toString())));
            assertThat(CommandRun.of(home, "tune", "--model", home.toString(), "--data", home.resolve("a.jsonl").toString(), "--data",
                    home.resolve("a.jsonl").toString()).err().strip()).startsWith("Two files of this run would both become"
                            + " dataset a;");
        }
        assertThat(CommandRun.of(home, "tune", "--model", "m", "--data", "a=0").err().strip())
                .isEqualTo("The weight of a is 0; it must be above 0 and at most 1000.");
        assertThat(CommandRun.of(home, "tune", "--model", "m", "--data", "a", "--test-share", "0.6", "--validation-share", "0.5").err().strip())
                .isEqualTo("--test-share 0.6 and --validation-share 0.5 leave nothing to train on; both are shares of 1, such as 0.1.");
    }

    @Test
    void optionsArePrintedAsARecipeWithoutAnythingRunning() {
        CommandRun run = CommandRun.of(home, "tune", "--model", "hf:a/b", "--data", "https://example.org/a.csv", "--lora-rank", "8",
                "--precision", "bf16", "--checkpoint-after", "10m", "--max-new-tokens", "64", "--print-recipe");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().strip().lines()).containsExactly(
                "model:", "  location: hf:a/b",
                "data:", "  file: https://example.org/a.csv",
                "training:", "  precision: bfloat16", "  lora:", "    rank: 8", "  checkpointAfter: PT10M",
                "generation:", "  maxNewTokens: 64");
    }

    private static final String CHECKPOINTS = """
            [{"run": "old", "step": 0, "epoch": 0, "last": false, "uri": "file:///gone", "digest": "sha256:00", "validationLoss": 3.0,
              "tokensSeen": 0, "nextOffset": 0, "promptStyle": "phi3", "createdAt": "2026-01-02T03:04:05Z"},
             {"run": "old", "step": 5, "epoch": 1, "last": false, "uri": "FOLDER", "digest": "sha256:00", "validationLoss": 1.0,
              "tokensSeen": 0, "nextOffset": 0, "promptStyle": "phi3", "createdAt": "2026-01-02T03:04:05Z"},
             {"run": "old", "step": 9, "epoch": 2, "last": true, "uri": "file:///gone", "digest": "sha256:00", "validationLoss": 2.0,
              "tokensSeen": 0, "nextOffset": 0, "promptStyle": "phi3", "createdAt": "2026-01-02T03:04:05Z"}]""";

    @ParameterizedTest
    @ValueSource(strings = {"old@5", "old@best", "old@05"})
    void tuneBeginsANewRunFromACheckpointInTheStyleThatItWasTaught(String from) throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[]");
        Path checkpoint = Files.createDirectories(home.resolve("step-000005"));
        try (FakeService trainer = trainerWith(checkpoint)) {
            CommandRun.of(home, "tune", "--from", from, "--data", data.toString(), "--max-steps", "7");

            assertThat(trainer.asked()).extracting(FakeService.Asked::request)
                    .containsExactly("GET /runs/old", "POST /runs?check=true");
            assertThat(trainer.asked().get(1).body())
                    .contains("\"location\":\"" + checkpoint + "\"", "\"promptStyle\":\"phi3\"", "\"maxSteps\":7");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "old@7 | The run old has no checkpoint of step 7; it has those of steps 0, 5, 9.",
        "old | The checkpoint of step 9 of run old was in /gone but no longer exists; `apprentice runs` lists the checkpoints"
                + " that do.",
        "old@last | The checkpoint of step 9 of run old was in /gone but no longer exists; `apprentice runs` lists the"
                + " checkpoints that do.",
        "old@newest | 'old@newest' names no checkpoint; one is RUN, RUN@STEP, RUN@best or RUN@last.",
    })
    void aCheckpointThatIsNotThereIsNamedInOneWayByAllCommands(String name, String problem) throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[]");
        try (FakeService trainer = trainerWith(home)) {
            List<CommandRun> runs = List.of(
                    CommandRun.of(home, "tune", "--from", name, "--data", data.toString()),
                    CommandRun.of(home, "export", name, "--out", home.resolve("x.gguf").toString()),
                    CommandRun.of(home, "merge", name));

            assertThat(runs).allSatisfy(run -> {
                assertThat(run.status()).isEqualTo(1);
                assertThat(run.err().strip()).isEqualTo(problem);
            });
        }
    }

    @Test
    void theBestCheckpointOfARunWithoutALossIsSaidNotToBeKnown() throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[]");
        try (FakeService trainer = trainerWith(home)) {
            trainer.answers("GET /runs/old", 200, """
                    {"run": "old", "phase": "COMPLETED", "requestedAt": "2026-01-02T03:04:05Z", "checkpoints": CHECKPOINTS}"""
                    .replace("CHECKPOINTS", CHECKPOINTS.replaceAll("\"validationLoss\": [0-9.]+,", "")));

            assertThat(CommandRun.of(home, "tune", "--from", "old@best", "--data", data.toString()).err().strip())
                    .isEqualTo("No checkpoint of the run old has a measured loss, so none is the best; it has those of steps 0, 5, 9.");
        }
    }

    @ParameterizedTest
    @CsvSource({"old@5, 5", "old@best, 5", "old@last, 9", "old@0, 0"})
    void askAndResponsesTakeACheckpointByItsNameToo(String name, int step) throws IOException {
        try (FakeService trainer = trainerWith(home);
                FakeService inference = new FakeService()
                        .answers("POST /ask", 503, "{\"title\": \"No\"}")
                        .answers("GET /runs/old/responses?step=" + step, 503, "{\"title\": \"No\"}")) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE).with(Map.of(Member.INFERENCE_SERVICE, inference.port())));

            CommandRun.of(home, "ask", "Why?", "--run", name);
            CommandRun.of(home, "responses", name);
            CommandRun twice = CommandRun.of(home, "responses", name, "--step", "3");

            assertThat(inference.asked().get(0).body()).contains("\"run\":\"old\",\"step\":" + step + ",");
            assertThat(inference.asked().get(1).request()).contains("old").contains("step=" + step);
            assertThat(twice.err().strip()).isEqualTo("The step is named twice: " + name + " and --step 3; leave one out.");
        }
    }

    @Test
    void tuneTakesAModelOrACheckpointAndNotBoth() {
        assertThat(CommandRun.of(home, "tune", "--from", "old", "--model", "m", "--data", "d").status()).isEqualTo(2);
        assertThat(CommandRun.of(home, "tune", "--data", "d").err()).contains("--model=MODEL", "--from=RUN[@STEP]");
    }

    @Test
    void resumeSaysWhyARunCannotBeResumed() throws IOException {
        try (FakeService trainer = new FakeService().answers("POST /runs/r/resume", 409, """
                {"title": "Not ended", "detail": "run 'r' has not ended, so there is nothing to resume"}""")) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE));

            CommandRun run = CommandRun.of(home, "resume", "r", "--detach");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("run 'r' has not ended, so there is nothing to resume");
        }
    }

    @Test
    void aRunThatMemoryDidNotHoldIsResumedWithLessAtOnce() throws IOException {
        try (FakeService trainer = new FakeService().answers(
                "POST /runs/r/resume?tokensPerBatch=4000&activationCheckpointing=true", 202, """
                {"run": "r", "phase": "FAILED", "requestedAt": "2026-01-02T03:04:05Z", "checkpoints": []}""")) {
            RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE));

            CommandRun run = CommandRun.of(home, "resume", "r", "--detach", "--tokens-per-batch", "4000", "--activation-checkpointing");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
        }
    }

    private FakeService trainerWith(Path checkpoint) throws IOException {
        FakeService trainer = new FakeService().answers("GET /runs/old", 200, """
                {"run": "old", "phase": "COMPLETED", "requestedAt": "2026-01-02T03:04:05Z", "checkpoints": CHECKPOINTS}"""
                .replace("CHECKPOINTS", CHECKPOINTS.replace("FOLDER", checkpoint.toUri().toString())));
        RunningSystem.pretend(home, trainer.as(Member.TRAINER_SERVICE));
        return trainer;
    }
}
