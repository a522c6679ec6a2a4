package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "hf:openai-community/gpt2, openai-community/gpt2, main",
        "hf:gpt2, gpt2, main",
        "hf:EleutherAI/pythia-70m@step3000, EleutherAI/pythia-70m, step3000",
        "hf:Qwen/Qwen2-0.5B@refs/pr/1, Qwen/Qwen2-0.5B, refs/pr/1",
    })
    void namesARepositoryAndARevision(String location, String repository, String revision) {
        assertThat(HubReference.parse(location)).isEqualTo(new HubReference(repository, revision));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "hf:", "hf:/", "hf:a/b/c", "hf:../secret", "hf:a/..", "hf:a/b@", "hf:a/b@../main", "hf:a/b@/etc", "hf:a--b/c",
        "hf:a b/c", "hf:a/b?x=1", "hf:-a/b", "openai-community/gpt2"
    })
    void whatNamesNoModelIsRefused(String location) {
        assertThatThrownBy(() -> HubReference.parse(location))
                .isInstanceOf(ModelException.class)
                .hasMessage("'" + location + "' is not the name of a model on the hub; write hf:organisation/name or"
                        + " hf:organisation/name@revision, such as hf:openai-community/gpt2");
    }

    @Test
    void readsAsItIsWritten() {
        assertThat(HubReference.parse("hf:a/b@v1")).hasToString("hf:a/b@v1");
        assertThat(HubReference.parse("hf:a/b@main")).hasToString("hf:a/b");
    }
}
