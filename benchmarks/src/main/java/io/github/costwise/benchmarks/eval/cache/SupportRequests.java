package io.github.costwise.benchmarks.eval.cache;

import java.util.List;
import java.util.Map;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
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

/**
 * Requests of a customer service: system text, two tools, two messages of a conversation
 * and a question, 2 KB of text together.
 *
 * @since 0.1.0
 */
public final class SupportRequests {

	/** What the model is instructed to do. */
	public static final String SYSTEM = ("You answer customers of a shop for garden tools. Be brief and friendly. "
			+ "Name the page of the help centre that you rely on. Never promise a date of delivery. Offer to hand over "
			+ "to a colleague when a customer is angry, and do not discuss prices of others. ")
		.repeat(5);

	private static final String MODEL = String.valueOf(ModelIdentity.of(new Place(null, "chatModel", "support"),
			new Server("OpenAiChatModel", "https://api.openai.com/v1", "gpt-5-mini")));

	private static final String EARLIER_ANSWER = "You may send it back within 30 days, in its box, with the label that "
			+ "was in the parcel. We pay the return, and you get your money within five working days after it came. ";

	private static final List<ToolCallback> TOOLS = List.of(
			new NamedTool("find_article", "Finds articles of the help centre by their words", """
					{"type":"object","properties":{"words":{"type":"string","description":"What to look for"},
					"language":{"type":"string","enum":["en","de","fr"]}},"required":["words"]}"""),
			new NamedTool("hand_over", "Hands the conversation over to a colleague", """
					{"type":"object","properties":{"reason":{"type":"string","description":"Why, in one line"},
					"urgent":{"type":"boolean"}},"required":["reason"]}"""));

	private SupportRequests() {
	}

	/**
	 * Returns what may be called.
	 * @return the tools
	 */
	public static List<ToolCallback> tools() {
		return TOOLS;
	}

	/**
	 * Returns the messages before the question.
	 * @param number the number of the conversation
	 * @return a question and its answer
	 */
	public static List<Message> history(int number) {
		return List.of(new UserMessage("Can I return the hedge trimmer of parcel " + number + " if it is too loud?"),
				new AssistantMessage(EARLIER_ANSWER.repeat(2)));
	}

	/**
	 * Returns the question.
	 * @param number the number of the conversation
	 * @return the text
	 */
	public static String question(int number) {
		return "Thank you. How long does the battery of the trimmer number " + number
				+ " take to charge, and may it stay outside in winter?";
	}

	/**
	 * Returns the options of the client.
	 * @return model and temperature
	 */
	public static ChatOptions options() {
		return OpenAiChatOptions.builder()
			.model("gpt-5-mini")
			.temperature(.2)
			.maxTokens(600)
			.toolCallbacks(TOOLS)
			.build();
	}

	static CacheRequest request(int number, String turn) {
		List<Message> history = history(number);
		Prompt prompt = new Prompt(
				List.of(new SystemMessage(SYSTEM), history.get(0), history.get(1), new UserMessage(question(number))),
				options());
		TurnOwner owner = new TurnOwner(new Attribution("support", "acme", "ada", Map.of()), "default", Tier.AUTO, "7",
				Answerer.own(MODEL));
		return new CacheRequest(prompt, Map.of(), owner, CacheRequest.AdvisorPath.CLEAR, turn, false);
	}

	/** Returns how many characters of a request are text. */
	static int length(int number) {
		int length = SYSTEM.length() + question(number).length();
		for (Message message : history(number)) {
			length += String.valueOf(message.getText()).length();
		}
		for (ToolCallback tool : TOOLS) {
			length += tool.getToolDefinition().description().length() + tool.getToolDefinition().inputSchema().length();
		}
		return length;
	}

}
