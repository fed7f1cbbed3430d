package io.github.costwise.budget.webhook;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;

/**
 * What the body of a webhook looks like.
 *
 * @since 0.1.0
 */
public enum WebhookFormat {

	/** Every value by its name. */
	JSON {

		@Override
		String body(String id, Instant at, BudgetAlert alert) {
			ObjectNode body = body(id, at, "budget.alert", alert.unit(), alert.state());
			String cause = alert.cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
			return body.put("cause", cause).put("threshold", alert.percent()).toString();
		}

		@Override
		String body(String id, Instant at, BudgetOverrun overrun) {
			ObjectNode body = body(id, at, "budget.overrun", overrun.unit(), overrun.state());
			put(body, "amount", overrun.unit(), overrun.amount());
			return body.put("call", overrun.callId())
				.put("cause", overrun.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.toString();
		}

		private static ObjectNode body(String id, Instant at, String type, BudgetUnit unit, BudgetState state) {
			ObjectNode body = MAPPER.createObjectNode();
			body.put("id", id).put("type", type).put("at", at.toString());
			body.put("budget", state.account().budget()).put("owner", state.account().owner());
			body.put("unit", unit.label());
			put(body, "limit", unit, state.limit());
			put(body, "spent", unit, state.spent());
			body.put("percent", state.percent());
			boolean ends = !state.span().until().equals(Instant.MAX);
			return body.put("until", ends ? state.span().until().toString() : null);
		}

		private static void put(ObjectNode body, String name, BudgetUnit unit, long amount) {
			if (unit == BudgetUnit.USD) {
				BigDecimal usd = BigDecimal.valueOf(amount, 9).stripTrailingZeros();
				body.put(name, (usd.scale() < 0) ? usd.setScale(0) : usd);
			}
			else {
				body.put(name, amount);
			}
		}

	},

	/** A sentence, as Slack and what is compatible with it take it. */
	SLACK {

		@Override
		String body(String id, Instant at, BudgetAlert alert) {
			String limit = alert.unit().format(alert.state().limit());
			return text("The budget " + alert.state().account() + switch (alert.cause()) {
				case SPENT -> " has spent " + alert.state().percent() + " % of " + limit + " (threshold "
						+ alert.percent() + " %).";
				case FORECAST -> " will have spent " + alert.percent() + " % of " + limit + " by "
						+ alert.state().span().until() + ".";
				case BURN_RATE -> " is spent at " + alert.percent() + " % of the pace that would use up " + limit
						+ " by " + alert.state().span().until() + ".";
			});
		}

		@Override
		String body(String id, Instant at, BudgetOverrun overrun) {
			return text("The call " + overrun.callId() + " was booked " + overrun.unit().format(overrun.amount())
					+ " past the limit of the budget " + overrun.state().account() + ".");
		}

		/** Names may hold what Slack takes for a link or a mention. */
		private static String text(String sentence) {
			String text = sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
			return MAPPER.createObjectNode().put("text", text).toString();
		}

	};

	private static final JsonMapper MAPPER = new JsonMapper();

	abstract String body(String id, Instant at, BudgetAlert alert);

	abstract String body(String id, Instant at, BudgetOverrun overrun);

}
