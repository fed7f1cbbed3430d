package io.github.costwise.cache.partition;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;

/** Makes turns that differ in one thing. Immutable. */
public record Requests(List<Message> messages, @Nullable ChatOptions options, Map<String, String> output,
		Attribution attribution, String policy, @Nullable String promptVersion, Answerer answerer, AdvisorPath path) {

	public static Requests plain() {
		return new Requests(List.of(new SystemMessage("Be brief."), new UserMessage("What is a cache?")),
				OpenAiChatOptions.builder().model("gpt-5-mini").temperature(.2).build(), Map.of(),
				new Attribution("desk", "acme", "ann", Map.of()), "default", "1", Answerer.own("m1"),
				AdvisorPath.CLEAR);
	}

	public Requests messages(Message... other) {
		return new Requests(List.of(other), this.options, this.output, this.attribution, this.policy,
				this.promptVersion, this.answerer, this.path);
	}

	public Requests options(@Nullable ChatOptions other) {
		return new Requests(this.messages, other, this.output, this.attribution, this.policy, this.promptVersion,
				this.answerer, this.path);
	}

	public Requests openAi(UnaryOperator<OpenAiChatOptions.Builder> change) {
		return options(change.apply(OpenAiChatOptions.builder().model("gpt-5-mini").temperature(.2)).build());
	}

	public Requests output(Map<String, String> other) {
		return new Requests(this.messages, this.options, other, this.attribution, this.policy, this.promptVersion,
				this.answerer, this.path);
	}

	public Requests attribution(@Nullable String feature, @Nullable String tenant, @Nullable String user) {
		return new Requests(this.messages, this.options, this.output, new Attribution(feature, tenant, user, Map.of()),
				this.policy, this.promptVersion, this.answerer, this.path);
	}

	public Requests policy(String other) {
		return new Requests(this.messages, this.options, this.output, this.attribution, other, this.promptVersion,
				this.answerer, this.path);
	}

	public Requests promptVersion(@Nullable String other) {
		return new Requests(this.messages, this.options, this.output, this.attribution, this.policy, other,
				this.answerer, this.path);
	}

	public Requests answerer(Answerer other) {
		return new Requests(this.messages, this.options, this.output, this.attribution, this.policy, this.promptVersion,
				other, this.path);
	}

	public Requests path(AdvisorPath other) {
		return new Requests(this.messages, this.options, this.output, this.attribution, this.policy, this.promptVersion,
				this.answerer, other);
	}

	public CacheRequest build() {
		return new CacheRequest(new Prompt(this.messages, this.options), this.output,
				new TurnOwner(this.attribution, this.policy, Tier.AUTO, this.promptVersion, this.answerer), this.path,
				"turn", false);
	}

}
