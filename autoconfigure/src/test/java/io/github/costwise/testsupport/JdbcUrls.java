package io.github.costwise.testsupport;

/** Reads and changes JDBC URLs of servers. */
final class JdbcUrls {

	private JdbcUrls() {
	}

	static String withDatabase(String url, String database) {
		int query = url.indexOf('?');
		String address = (query < 0) ? url : url.substring(0, query);
		String parameters = (query < 0) ? "" : url.substring(query);
		return address.substring(0, address.lastIndexOf('/') + 1) + database + parameters;
	}

}
