package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.ModelIdentity;
import io.github.costwise.cache.partition.ModelIdentity.Place;
import io.github.costwise.cache.partition.ModelIdentity.Server;
import io.github.costwise.cache.partition.TurnOwner;

/** The request of a scope, as long as fields still change it. Not thread-safe. */
final class ScopeDraft {

	@Nullable String tenant = "acme";

	@Nullable String user = "ada";

	boolean shared;

	String feature = "support";

	String policy = "default";

	String promptVersion = "7";

	Answerer answerer = own("chatModel", "https://one.example/v1", "model");

	String applicationVersion = "1.0";

	String encoder = "toy-1";

	String system = "You answer questions about garden tools.";

	final Map<String, String> resolved = new TreeMap<>();

	final Map<String, String> output = new TreeMap<>();

	final Map<String, Object> toolContext = new LinkedHashMap<>();

	final List<ToolCallback> tools = new ArrayList<>(List.of(new NamedTool("search", "Finds", "{}")));

	final List<Message> history = new ArrayList<>(
			List.of(new UserMessage("Hello, I am Ada."), new AssistantMessage("Hello, how can I help?")));

	final List<Consumer<ChatOptions.Builder<?>>> options = new ArrayList<>();

	private final boolean anthropic;

	ScopeDraft(boolean anthropic) {
		this.anthropic = anthropic;
	}

	/** The model behind the client. */
	static Answerer own(String bean, @Nullable String address, String model) {
		return Answerer
			.own(ModelIdentity.of(new Place(null, bean, "shop"), new Server("OpenAiChatModel", address, model)));
	}

	private ChatOptions options() {
		ToolCallingChatOptions.Builder<?> builder = this.anthropic ? AnthropicChatOptions.builder()
				: OpenAiChatOptions.builder();
		builder.toolCallbacks(this.tools).toolContext(this.toolContext).model("model").temperature(.2);
		this.options.forEach((change) -> change.accept(builder));
		return builder.build();
	}

	/**
	 * Returns a request of this scope.
	 * @param question what is asked
	 * @param turn unique id of the turn
	 * @param tier the tier asked for
	 * @return the request
	 */
	CacheRequest request(String question, String turn, Tier tier) {
		List<Message> messages = new ArrayList<>();
		if (!this.system.isEmpty()) {
			messages.add(new SystemMessage(this.system));
		}
		messages.addAll(this.history);
		messages.add(new UserMessage(question));
		Attribution attribution = new Attribution(this.feature, this.tenant, this.user, this.resolved);
		TurnOwner owner = new TurnOwner(attribution, this.policy, tier, this.promptVersion, this.answerer);
		return new CacheRequest(new Prompt(messages, options()), this.output, owner, CacheRequest.AdvisorPath.CLEAR,
				turn, false);
	}

}
