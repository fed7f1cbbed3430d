package io.github.costwise.sample;

import java.util.Objects;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;

import io.github.costwise.CostOptimized;

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

	/** The policy lets the cache answer questions that a tenant's users asked before. */
	@CostOptimized(policy = "handbook", feature = "answers", tenant = "#tenant", user = "#user", promptVersion = "1")
	public DeskAnswer answer(String question, String tenant, String user) {
		return DeskAnswer.of(this.answering.prompt().user(question).call().chatResponse());
	}

	@CostOptimized(feature = "summaries", tenant = "#tenant", user = "#user", promptVersion = "1")
	public String summarise(String ticket, String tenant, String user) {
		return Objects.requireNonNullElse(this.reading.prompt()
			.system("Summarise the support ticket for a colleague in one or two sentences.")
			.user(ticket)
			.call()
			.content(), "");
	}

	@CostOptimized(feature = "facts", tenant = "#tenant", user = "#user", promptVersion = "1")
	public TicketFacts extract(String ticket, String tenant, String user) {
		return Objects.requireNonNull(this.reading.prompt()
			.system("Extract the facts of the support ticket. Leave out what it does not say.")
			.user(ticket)
			.call()
			.entity(TicketFacts.class));
	}

	/**
	 * Where tiers are configured, the policy chooses the model, and another takes over.
	 */
	@CostOptimized(policy = "chat", feature = "chat", tenant = "#tenant", user = "#user", promptVersion = "1")
	public Flux<String> chat(String message, String tenant, String user) {
		return this.answering.prompt().user(message).tools(this.orders).stream().content();
	}

}
