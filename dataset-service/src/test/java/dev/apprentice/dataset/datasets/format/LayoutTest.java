package dev.apprentice.dataset.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.contracts.event.Turn;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.ExampleText;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import dev.apprentice.prompts.PromptStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each layout with an entry of it. */
class LayoutTest {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
        "{'instruction':'a','input':'b','output':'c'} ! Alpaca ! a|b|c",
        "{'prompt':'a','completion':'c'} ! prompt/completion ! a||c",
        "{'prompt':[{'role':'user','content':'a'}],'completion':[{'role':'assistant','content':'c'}]} ! prompt/completion ! a||c",
        "{'question':'a','answer':'c','context':'b'} ! question/answer ! a|b|c",
        "{'question':'a','context':'b','answers':{'text':['c','d'],'answer_start':[0,1]}} ! question/answer ! a|b|c",
        "{'instruction':'a','context':'b','response':'c'} ! Dolly ! a|b|c",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'c'}]} ! messages ! a||c",
        "{'messages':[{'role':'user','content':[{'type':'text','text':'a'}]},{'role':'assistant','content':'c'}]} ! messages ! a||c",
        "{'conversations':[{'from':'human','value':'a'},{'from':'gpt','value':'c'}]} ! ShareGPT ! a||c",
        "{'prompt':'a','chosen':'c','rejected':'d'} ! preference pairs ! a||c",
        "{'chosen':'\\n\\nHuman: a\\n\\nAssistant: c','rejected':'\\n\\nHuman: a\\n\\nAssistant: d'} ! preference pairs ! a||c",
        "{'input':'a','output':'c'} ! Langfuse ! a||c",
        "{'input':{'messages':[{'role':'user','content':'a'}]},'expectedOutput':{'role':'assistant','content':'c'}} ! Langfuse ! a||c",
        "{'data':{'question':'a','text':'b'},'annotations':[{'result':[{'type':'textarea','value':{'text':['c']}}]}]} ! Label Studio ! a|b|c",
        "{'data':{'text':'a'},'annotations':[{'was_cancelled':true,'result':[]},{'result':[{'type':'choices','value':{'choices':['c']}}]}]}"
                + " ! Label Studio ! a||c",
        "{'data':{'dialogue':[{'author':'u','text':'a'}]},'annotations':[{'result':[{'value':{'number':4}}]}]} ! Label Studio ! u: a||4",
        "{'text':'one two three'} ! text ! one|| two three",
    })
    void isRecognisedByItsFields(String entry, String layout, String said) throws IOException {
        Taken taken = take(entry);
        assertThat(taken.said()).containsExactly(said);
        assertThat(taken.reading().layouts()).isEqualTo(Map.of(layout, 1));
        assertThat(taken.reading().ignored().examples()).isEmpty();
    }

    @Test
    void keepsSystemAndHistoryOfAlpaca() throws IOException {
        Example example = take("{'instruction':'And','input':'x?','output':'y','system':'Be brief.','history':[['a','b']]}").examples().get(0);
        assertThat(example.system()).isEqualTo("Be brief.");
        assertThat(example.turns()).containsExactly(new Turn("user", "a"), new Turn("assistant", "b"), new Turn("user", "And\nx?"));
        assertThat(question(PromptStyle.PHI3, example)).isEqualTo("<|system|>\nBe brief.\n<|user|>\na\n<|assistant|>\nb\n"
                + "<|user|>\nAnd\nx?\n<|assistant|>\n");
        assertThat(question(PromptStyle.ALPACA, example)).isEqualTo("Be brief.\n\n### Instruction:\na\n\n### Response:\nb\n\n"
                + "### Instruction:\nAnd\nx?\n\n### Response:\n");
    }

    private static String question(PromptStyle style, Example example) {
        return style.question(ExampleText.conversation(style, example));
    }

    @Test
    void learnsEveryAnswerOfAConversationOrTheLast() throws IOException {
        String entry = "{'messages':[{'role':'system','content':'S'},{'role':'user','content':'a'},{'role':'assistant','content':'b'},"
                + "{'role':'user','content':'c'},{'role':'assistant','content':'d','weight':0},{'role':'user','content':'e'},"
                + "{'role':'assistant','content':'f'}]}";
        Example all = take(entry).examples().get(0);
        assertThat(all.answers()).extracting(Example::output).containsExactly("b", "f");
        assertThat(all.answers().get(0).turns()).containsExactly(new Turn("user", "a"));
        assertThat(all.answers()).extracting(Example::system).containsOnly("S");
        assertThat(all.earlierTurns()).extracting(Turn::content).containsExactly("a", "b", "c", "d");
        Taken last = Taken.of("", json(entry), settings(DataReadingBuilder.builder().turns(DataReading.Turns.LAST)), scratch);
        assertThat(last.examples().get(0).answers()).extracting(Example::output).containsExactly("f");
    }

    @Test
    void keepsToolCallsAndTheirResultsInTheirPlaces() throws IOException {
        Example example = take("{'messages':[{'role':'user','content':'Weather?'},{'role':'assistant','content':null,'tool_calls':"
                + "[{'type':'function','function':{'name':'weather','arguments':'{}'}}]},{'role':'tool','content':'sunny'},"
                + "{'role':'assistant','content':'It is sunny.'}]}").examples().get(0);
        assertThat(example.instruction()).isEqualTo("Weather?");
        assertThat(example.turns()).containsExactly(new Turn("user", "Weather?"),
                new Turn("assistant", "<tool_call>\n{\"name\": \"weather\", \"arguments\": {}}\n</tool_call>"), new Turn("tool", "sunny"));
        assertThat(example.answers()).hasSize(2);
        assertThat(example.earlierTurns()).isEqualTo(example.turns());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
        "'tool_calls':[{'name':'f','arguments':''}] ! {}",
        "'tool_calls':[{'name':'f','arguments':null}] ! {}",
        "'tool_calls':[{'name':'f'}] ! {}",
        "'tool_calls':'[{\\'name\\':\\'f\\',\\'arguments\\':{\\'x\\':1}}]' ! {'x':1}",
        "'function_call':{'name':'f','arguments':'{\\'x\\': 1}'},'tool_calls':null ! {'x': 1}",
    })
    void writesCallsThatAreJsonWithAndWithoutArguments(String calls, String arguments) throws IOException {
        Taken taken = take("{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null," + calls + "}]}");
        assertThat(taken.examples()).extracting(Example::output).containsExactly(
                "<tool_call>\n{\"name\": \"f\", \"arguments\": " + arguments.replace('\'', '"') + "}\n</tool_call>");
    }

    @Test
    void keepsTheToolCallsOfALangfuseOutputBesideItsText() throws IOException {
        assertThat(take("{'input':'a','output':{'role':'assistant','content':'b','tool_calls':[{'function':{'name':'f'}}]}}").examples())
                .extracting(Example::output).containsExactly("b\n<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>");
    }

    @Test
    void keepsTheWorseAnswerOfAPreferencePair() throws IOException {
        Example example = take("{'chosen':[{'role':'user','content':'a'},{'role':'assistant','content':'c'}],"
                + "'rejected':[{'role':'user','content':'a'},{'role':'assistant','content':'d'}]}").examples().get(0);
        assertThat(example.output()).isEqualTo("c");
        assertThat(example.rejected()).isEqualTo("d");
    }

    @Test
    void readsThePreferencePairsOfWholeDialogues() throws IOException {
        String begin = "\\n\\nHuman: What is\\n\\na quail?\\n\\nAssistant: A bird.\\n\\nHuman: Is\\nAssistant: a word?\\n\\nAssistant:";
        Example example = take("{'chosen':'" + begin + " Yes.','rejected':'" + begin + " No.\\n\\nHuman: Oh'}").examples().get(0);
        assertThat(example.turns()).containsExactly(new Turn("user", "What is\n\na quail?"), new Turn("assistant", "A bird."),
                new Turn("user", "Is\nAssistant: a word?"));
        assertThat(List.of(example.output(), example.rejected())).containsExactly("Yes.", "No.");
        Example apart = take("{'prompt':'" + begin + "','chosen':' Yes.','rejected':' No.'}").examples().get(0);
        assertThat(apart.turns()).isEqualTo(example.turns());
        assertThat(apart.instruction()).isEqualTo("Is\nAssistant: a word?");
    }

    @Test
    void saysOnceThatNoEntryHasAFieldThatIsMapped() throws IOException {
        String entries = "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}],'id':'1'}\n{'question':'c','answer':'d'}";
        ReadSettings output = settings(DataReadingBuilder.builder().fields(List.of("output=nope", "answer=answer")));
        assertThat(Taken.of("a.jsonl", json(entries), output, scratch).reading().omissions().absent()).containsExactly(
                "No entry has the field 'nope' that 'output' is to be read from (--field output=nope); the first entry of a.jsonl, line 1, has messages, id.");
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> Taken.of("", json("{'instruction':'a','output':'b'}"), output, scratch))
                .withMessageStartingWith("No entry has the field 'answer' that 'answer' is to be read from (--field answer=answer); the first entry,"
                        + " line 1, has instruction, output. No entry has the field 'nope' that 'output' is")
                .satisfies(refusal -> assertThat(refusal.violations()).isEmpty());
        ReadSettings rating = settings(DataReadingBuilder.builder().fields(List.of("output=reply.text")));
        assertThat(Taken.of("", json("{'instruction':'a','reply':{'text':'b'}}"), rating, scratch).reading().omissions().absent()).isEmpty();
    }

    @Test
    void saysWhereTheEntriesAreOfDataThatIsOneObject() {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take("{'version':'1','data':[{'instruction':'a','output':'b'}]}"))
                .withMessage("The data is one object around its entries; send the list in it alone, such as with jq '.data[]'. Nothing was stored.");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'instruction':{'0':'a','1':'c'},'output':{'0':'b','1':'d'}}",
        "{'review':{'0':'a','1':'c'},'stars':{'0':1,'1':2}}",
        "{'instruction':['a','c'],'output':['b','d']}",
        "{'columns':['instruction','output'],'index':[0],'data':[['a','b']]}",
    })
    void saysHowATableThatIsWrittenColumnByColumnIsWrittenOtherwise(String table) {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(table))
                .withMessage("The data is a table written column by column; write a row a line, as pandas does with to_json(FILE,"
                        + " orient='records', lines=True). Nothing was stored.");
    }

    @Test
    void readsNumbersAndTruthValuesAsTheyAreWritten() throws IOException {
        String entries = "{'instruction':'a','input':12345678901234567890,'output':1.10}|{'instruction':7,'output':true,'stars':4.0}"
                + "|{'instruction':'b','output':1e-07}|{'messages':[{'role':'user','content':5},{'role':'assistant','content':false}]}"
                + "|{'prompt':'c','chosen':3.50,'rejected':4}|{'instruction':'d','output':[1]}";
        List<Taken> taken = List.of(take(entries.replace('|', '\n')), take('[' + entries.replace('|', ',') + ']'),
                Taken.of("", json(entries.replace('|', '\n')), settings(DataReadingBuilder.builder().sample(100.0)), scratch));
        for (Taken one : taken) {
            assertThat(one.said()).containsExactly("a|12345678901234567890|1.10", "7||true", "b||1e-07", "5||false", "c||3.50");
            assertThat(one.examples().get(4).rejected()).isEqualTo("4");
            assertThat(one.reading().omissions().asText())
                    .isEqualTo(Map.of("input", 1, "output", 3, "instruction", 1, "messages", 1, "chosen", 1, "rejected", 1));
            assertThat(one.rejects().get(0).violations().get(0).message()).isEqualTo("is an array; expected text");
        }
    }

    @Test
    void countsNotANumberAsNull() throws IOException {
        Taken lines = take("{'instruction':'a','output':'b','score':NaN}\n{'instruction':'c','output':-Infinity}\n{'instruction':'d','output':'e','x':[1,NaN]}");
        Taken array = take("[{'instruction':'a','output':'b','score':NaN},{'instruction':'c','output':-Infinity},{'instruction':'d','output':'e','x':[1,NaN]}]");
        for (Taken taken : List.of(lines, array)) {
            assertThat(taken.said()).containsExactly("a||b", "d||e");
            assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("x", 1));
            assertThat(taken.rejects().get(0).violations().get(0).message()).isEqualTo("is null; expected text");
        }
    }

    @Test
    void mapsFieldsThatGoByOtherNames() throws IOException {
        ReadSettings settings = settings(DataReadingBuilder.builder().fields(List.of("instruction=q", "output=reply.text")));
        Taken taken = Taken.of("", json("{'q':'a','reply':{'text':'c'},'topic':'t'}"), settings, scratch);
        assertThat(taken.said()).containsExactly("a||c");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("topic", 1));
        Taken fault = Taken.of("", json("{'q':'a','reply':{'text':'c'}}\n{'q':' ','reply':{}}"), settings, scratch);
        assertThat(fault.rejects().get(0).violations()).extracting(each -> each.field().orElseThrow() + " " + each.message())
                .containsExactly("q is blank", "reply.text is missing");
    }

    @Test
    void takesTheCategoryThatAnyLayoutMayHave() throws IOException {
        Taken dolly = take("{'instruction':'a','context':'','response':'b','category':' open_qa '}\n"
                + "{'question':'a','answer':'c','category':3}\n{'text':'a b','category':['x']}\n{'text':'c d','category':' '}");
        assertThat(dolly.examples()).extracting(Example::category)
                .containsExactly(Optional.of("open_qa"), Optional.of("3"), Optional.empty(), Optional.empty());
        assertThat(dolly.reading().ignored().examples()).isEqualTo(Map.of("category", 1));
        Taken mapped = Taken.of("", json("{'instruction':'a','output':'b','topic':'t'}"),
                settings(DataReadingBuilder.builder().fields(List.of("category=topic"))), scratch);
        assertThat(mapped.examples()).extracting(Example::category).containsExactly(Optional.of("t"));
        assertThat(mapped.examples().get(0).in("set").category()).contains("t");
    }

    @Test
    void namesAConversationThatIsNoListByItsField() throws IOException {
        Taken taken = take("{'conversations':[{'from':'human','value':'a'},{'from':'gpt','value':'b'}]}\n{'conversations':'c'}");
        assertThat(taken.rejects().get(0).violations()).extracting(each -> each.field().orElseThrow() + " " + each.message())
                .contains("conversations is text; expected a list of turns");
    }

    @Test
    void namesWhatIsNotLearnedOfATurn() throws IOException {
        Taken taken = take("{'messages':[{'role':'user','name':'ann','content':'a'},{'role':'assistant','content':'b','reasoning_content':'hm',"
                + "'refusal':null,'id':'m1'},{'role':'tool','tool_call_id':'1','name':'f','content':'c'},{'role':'assistant','content':'d','weight':1}]}");
        assertThat(taken.said()).containsExactly("a||d");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("messages: name", 1, "messages: reasoning_content", 1));
    }

    @Test
    void namesWhatIsNotLearnedOfAConversation() throws IOException {
        Taken taken = take("{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'c'}],"
                + "'rating':'x'}");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("rating", 1, "messages: turns after the last answer", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
        "{'messages':[{'role':'user','content':'a'}]} ! messages has no answer of an assistant to learn",
        "{'messages':[{'role':'king','content':'a'},{'role':'assistant','content':'b'}]} ! messages[0] has an unknown role; expected"
                + " system, user (human), assistant (gpt) or tool",
        "{'messages':[{'role':'assistant','content':'b'}]} ! messages has no question before its last answer",
        "{'messages':[{'role':'user','content':[{'type':'text','text':'See?'},{'type':'image_url'}]},{'role':'assistant','content':'b'}]}"
                + " ! messages[0] has a part that is no text ('image_url'); what it shows cannot be learned",
        "{'messages':['a']} ! messages[0] is no turn; expected an object with 'role' and 'content', or 'from' and 'value'",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':[{'function':{'arguments':{}}}]}]} ! messages[1] has a tool call without a 'name'",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':[{'name':5,'arguments':{}}]}]} ! messages[1] has a tool call without a 'name'",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':[{'name':'f','arguments':'{{}'}]}]} ! messages[1] has a tool call whose 'arguments' are no JSON",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':[{'name':'f','arguments':'{} {}'}]}]} ! messages[1] has a tool call whose 'arguments' are no JSON",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':{'name':'f'}}]} ! messages[1] has 'tool_calls' that are an object; expected a list of calls",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'function_call':'f(x)'}]} ! messages[1] has a tool call without a 'name'",
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null,'tool_calls':[{'name':'f','arguments':{'x':'\\ud83d'}}]}]} ! messages[1] contains an unpaired surrogate, which is not a character",
        "{'text':' '} ! text is blank",
        "{'instruction':'a','output':'b','history':['c']} ! history has an entry that is no pair of a question and an answer",
        "{'prompt':'a','chosen':{}} ! chosen is an object; expected text",
        "{'chosen':'c','rejected':'d'} ! prompt is missing, and 'chosen' is no dialogue; give what was asked as 'prompt', or 'chosen' as a list of"
                + " turns or as a text of the form \"Human: ... Assistant: ...\" with an empty line before each turn but the first",
        "{'question':'a','answers':{'text':[]}} ! answers holds no answer",
        "{'data':{'image':3},'annotations':[]} ! data has no text; expected one of instruction, prompt, question, text, document, dialogue",
    })
    void saysWhatIsWrongWithAnEntryAndKeepsTheOthers(String entry, String fault) throws IOException {
        Taken taken = take(entry + "\n{'instruction':'a','output':'b'}");
        assertThat(taken.said()).containsExactly("a||b");
        assertThat(taken.rejects()).hasSize(1);
        assertThat(taken.rejects().get(0).violations().get(0)).satisfies(first -> {
            assertThat(first.field().orElseThrow() + " " + first.message()).isEqualTo(fault);
            assertThat(first.line()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
        "{'review':'Good','rating':'5'} ! review, rating ! instruction=review and output=rating",
        "{'saying':'All is well.'} ! saying ! text=saying",
    })
    void saysOnceWhichFieldsThereAreWhereNoEntrysLayoutIsKnown(String entry, String fields, String mapping) {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(entry + "\n" + entry))
                .withMessage("No entry has a layout that is known: the fields are " + fields + ". Say which is which with 'field'"
                        + " (--field), such as " + mapping + "; nothing was stored.")
                .satisfies(refusal -> {
                    assertThat(refusal.violations()).isEmpty();
                    assertThat(refusal.refusedEntries()).isEqualTo(2);
                    assertThat(refusal.unquoted()).hasMessage("No entry has a layout that is known; nothing was stored.");
                });
    }

    @Test
    void namesTheFieldsOfAnEntryOfNoKnownLayoutAmongOthers() throws IOException {
        Taken taken = take("{'review':'Good','rating':'5'}\n{'instruction':'a','output':'b'}");
        assertThat(taken.said()).containsExactly("a||b");
        assertThat(taken.rejects().get(0).violations()).extracting(Violation::message)
                .containsExactly("has fields of no known layout: review, rating");
    }

    private Taken take(String entry) throws IOException {
        return Taken.of("", json(entry), ReadSettings.USUAL, scratch);
    }

    private static byte[] json(String entry) {
        return entry.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static ReadSettings settings(DataReadingBuilder reading) {
        return ReadSettings.of(reading.build(), Optional.empty(), 1);
    }
}
