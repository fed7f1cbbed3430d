package io.github.costwise.sample;

import java.util.Map;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/** The tool that the model may call during a chat. */
@Component
class Orders {

	private static final Map<String, Order> ORDERS = Map.of("AF-1001",
			new Order("AF-1001", "desk lamp Wren", "shipped", "tomorrow"), "AF-1002",
			new Order("AF-1002", "desk Rowan", "waiting for the carrier", "in 9 days"), "AF-1003",
			new Order("AF-1003", "shelf Alder", "delivered", "two days ago"));

	@Tool(description = "Returns what was ordered, its state and its delivery date")
	Order orderStatus(@ToolParam(description = "number of the order, such as AF-1001") String orderNumber) {
		return ORDERS.getOrDefault(orderNumber, new Order(orderNumber, "none", "unknown", "never"));
	}

	/**
	 * An order.
	 *
	 * @param number its number
	 * @param article what was ordered
	 * @param state where it is
	 * @param delivery when it arrives or arrived
	 */
	record Order(String number, String article, String state, String delivery) {

	}

}
