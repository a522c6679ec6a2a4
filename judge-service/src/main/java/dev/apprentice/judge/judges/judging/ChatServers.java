package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.contracts.run.JudgeName;

/** Knows how to reach the models that judge. */
public interface ChatServers {

    /** The model of that name. Reaches no server yet. */
    ChatServer of(JudgeName name);
}
