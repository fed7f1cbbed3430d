package io.github.costwise.sample;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;

/**
 * What a support desk asks language models for. The annotations say to which feature,
 * tenant and user the cost of each call belongs.
 */
@Service
class SupportDesk {

	private final ChatClient answering;

	private final ChatClient reading;

	private final Orders orders;

	SupportDesk(ChatClient answeringClient, ChatClient readingClient, Orders orders) {
		this.answering = answeringClient;
		this.reading = readingClient;
		this.orders = orders;
	}

	String answer(String question, String tenant, String user) {
		return text(this.answering.prompt().user(question).call().content());
	}

	String summarise(String ticket, String tenant, String user) {
		return text(this.reading.prompt()
			.system("Summarise the support ticket for a colleague in one or two sentences.")
			.user(ticket)
			.call()
			.content());
	}

	TicketFacts extract(String ticket, String tenant, String user) {
		return Objects.requireNonNull(this.reading.prompt()
			.system("Extract the facts of the support ticket. Leave out what it does not say.")
			.user(ticket)
			.call()
			.entity(TicketFacts.class));
	}

	Flux<String> chat(String message, String tenant, String user) {
		return this.answering.prompt().user(message).tools(this.orders).stream().content();
	}

	private static String text(@Nullable String content) {
		return (content != null) ? content : "";
	}

}
