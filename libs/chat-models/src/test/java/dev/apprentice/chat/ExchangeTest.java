package dev.apprentice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that answers in another form gets one reminder. */
class ExchangeTest {

    private static final AnswerForm<Integer> NUMBER = new AnswerForm<>(Optional.empty(), "A number, please.", ExchangeTest::number);

    private final List<List<ChatMessage>> conversations = new ArrayList<>();

    private static Optional<Integer> number(ChatServer.Reply reply) {
        return reply.text().matches("[0-9]+") ? Optional.of(Integer.valueOf(reply.text())) : Optional.empty();
    }

    private static ChatServer.Reply reply(String text, int tokens) {
        return new ChatServer.Reply(text, Optional.empty(), Optional.of(tokens), Optional.empty(), false, false);
    }

    private Exchange<Integer> ask(ChatServer.Reply... replies) {
        return Exchange.of("How many?", NUMBER, conversation -> {
            conversations.add(conversation);
            return replies[conversations.size() - 1];
        });
    }

    @Test
    void anAnswerInTheFormIsTheEnd() {
        Exchange<Integer> exchange = ask(reply("7", 3));

        assertThat(exchange.reading()).hasValue(7);
        assertThat(exchange.second()).isEmpty();
        assertThat(conversations).containsExactly(List.of(UserMessage.from("How many?")));
    }

    @Test
    void aReminderFollowsOneInAnotherFormAndTokensCountTogether() {
        Exchange<Integer> exchange = ask(reply("Some seven.", 3), reply("7", 20));

        assertThat(exchange.reading()).hasValue(7);
        assertThat(exchange.sum(ChatServer.Reply::promptTokens)).hasValue(23);
        assertThat(exchange.sum(ChatServer.Reply::answerTokens)).as("not counted by this server").isEmpty();
        assertThat(conversations.get(1)).containsExactly(
                UserMessage.from("How many?"), AiMessage.from("Some seven."), UserMessage.from("A number, please."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void anEmptyAnswerIsNotSentBackForServersRefuseEmptyMessages(String nothing) {
        Exchange<Integer> exchange = ask(reply(nothing, 3), reply("Some.", 20));

        assertThat(exchange.reading()).isEmpty();
        assertThat(exchange.last().text()).isEqualTo("Some.");
        assertThat(conversations.get(1).get(1)).isEqualTo(AiMessage.from("(nothing)"));
    }

    @Test
    void whatIsCutOffIsNotAskedForAgain() {
        ChatServer.Reply unfinished = new ChatServer.Reply("Well, ", Optional.empty(), Optional.of(3), Optional.empty(), false, true);
        ChatServer.Reply cut = new ChatServer.Reply("Well.", Optional.empty(), Optional.of(3), Optional.empty(), true, false);

        assertThat(ask(unfinished).reading()).isEmpty();
        assertThat(conversations).hasSize(1);
        conversations.clear();
        assertThat(ask(cut).cut()).isTrue();
        assertThat(conversations).hasSize(1);
    }
}
