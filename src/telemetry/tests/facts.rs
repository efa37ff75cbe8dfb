//! Every case by its name, for each door through which the cases are tried.

macro_rules! each_fact {
    ($with:ident) => {
        $with! {
            direct: two_ztunnels_of_a_hop_make_one_edge, one_ztunnel_that_serves_both_ends_counts_once,
                ztunnels_that_disagree_on_the_service_make_one_edge, without_the_servers_ztunnel_the_clients_speaks,
                the_reporter_that_saw_clearly_more_is_taken, a_gateway_to_an_ambient_workload_is_one_edge_of_two_layers,
                plaintext_is_told_whatever_the_servers_principal, an_idle_plaintext_series_does_not_open_the_lock,
                a_sidecar_and_a_ztunnel_share_an_edge_of_two_layers,
                a_ztunnel_counts_what_an_envoy_takes_for_requests_too,
                a_sidecar_in_plaintext_to_an_ambient_server_is_mixed, a_denied_connection_fails_without_bytes,
                connections_that_never_arrive_are_told_by_the_client, two_sidecars_count_each_request_once,
                two_sidecars_count_each_byte_once, what_never_left_the_client_is_added_to_what_the_server_saw,
                codes_may_be_classes_zero_or_missing, grpc_is_told_by_its_status_where_the_protocol_is_removed,
                a_series_without_a_principal_is_an_edge_all_the_same, traffic_to_a_ztunnel_itself_counts_nowhere,
                an_application_called_gateway_is_none, replicas_of_a_server_count_once,
                what_is_measured_of_requests_comes_from_whoever_counts_them,
                where_the_server_measures_nothing_the_client_does, messages_belong_to_grpc,
                a_failure_without_an_opening_is_a_failed_connection;
            waypoints: a_service_waypoint_is_two_legs_and_a_logical_edge, a_waypoint_is_found_without_pod_labels,
                an_old_ztunnel_is_found_without_pod_labels, a_waypoint_that_emits_nothing_is_found_by_its_legs,
                a_logical_edge_finds_its_waypoint_by_the_service, streams_through_a_waypoint_count_on_the_legs_alone,
                streams_of_an_old_waypoint_end_at_the_service, without_legs_the_logical_stream_counts,
                namesake_waypoints_stay_apart, a_declaration_counts_whatever_the_scrape_calls_the_cluster,
                requests_of_a_gateway_through_a_waypoint_count_once,
                requests_of_a_gateway_count_where_the_waypoint_is_silent,
                a_waypoint_before_a_sidecar_is_seen_twice_and_counted_once,
                a_client_of_a_waypoint_may_be_its_server_too, a_waypoint_removed_in_the_window_keeps_its_role,
                a_waypoint_that_reports_as_destination_is_logical_all_the_same,
                a_waypoint_that_names_no_server_is_the_end_of_what_is_known,
                what_a_waypoint_refuses_reaches_no_server, a_captured_waypoint_counts_each_leg_once,
                state_metrics_declare_a_waypoint_that_nothing_else_shows,
                state_metrics_of_pods_declare_waypoints_and_captured_workloads,
                a_captured_waypoint_is_a_waypoint_all_the_same;
            outside: an_address_nobody_knows_is_passed_through, a_sidecar_passes_some_hosts_and_is_denied_others,
                a_service_entry_behind_a_waypoint_is_joined_on_its_host,
                a_service_entry_finds_its_waypoint_without_a_pod, a_service_entry_is_one_node_for_ztunnel_and_envoy,
                a_request_that_finds_no_server_fails_at_the_service, a_client_without_a_proxy_is_unknown_in_plaintext,
                an_edge_across_clusters_is_one_edge, an_east_west_gateway_is_no_waypoint,
                an_east_west_gateway_is_told_by_its_name_without_pod_labels,
                clusters_are_those_of_the_scrape_where_proxies_say_none;
        }
    };
}

pub(crate) use each_fact;
