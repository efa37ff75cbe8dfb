//! Texts with parts in Simplified Chinese.

use crate::words::Sentence;

#[expect(clippy::too_many_lines, reason = "one catalogue, one match")]
pub(in crate::words) fn say(sentence: &Sentence<'_>) -> String {
    use Sentence as S;
    match sentence {
        S::Last { length } => format!("最近 {length}"),
        S::SomeNamespaces { count } => format!("{count} 个命名空间"),
        S::Updated { time } => format!("截至 {time}"),
        S::Old { time } => format!("已过时：截至 {time}"),
        S::Incomplete { failed, all } => format!("{all} 个查询中有 {failed} 个失败；图不完整"),
        S::Counts { nodes, edges } => format!("{nodes} 个节点，{edges} 条边"),
        S::At { time } => format!("{time} 时"),
        S::Rows { first, last, count } => format!("第 {first}–{last} 行，共 {count} 行"),
        S::EdgeName { source, target, protocol } => format!("{source} 到 {target}，{protocol}"),
        S::NotInGraph { id } => format!(
            "地址中的“{id}”在此处没有对应的节点或边。它在此时间范围内可能没有流量，或属于另一种类型的图：请尝试更长的时间范围，或选择其他元素。"
        ),
        S::InAndOut { inbound, outbound } => format!("进 {inbound}，出 {outbound}"),
        S::ImbalanceUnscraped { names } => {
            format!("它与 {names} 之间有流量，却没有任何代理统计字节。这些工作负载的 ztunnel 可能未被抓取。")
        }
        S::ImbalanceOnlyRequests { names } => format!("它与 {names} 之间只统计 HTTP 请求，不统计字节。"),
        S::ImbalanceOutside { names } => format!("它与网格外的 {names} 之间的流量没有任何代理统计。"),
        S::ImbalanceLumps { names } => {
            format!("{names} 运行着 Istio 1.29.0：其代理只在长连接打开和关闭时统计字节；Istio 1.29.1 会随流量统计。")
        }
        S::ImbalanceUnexplained => "可能有一侧的部分代理未被抓取。".into(),
        S::RoleConfigured => "由配置指定".into(),
        S::RoleDeclared { seen } => format!("由抓取标签 {seen} 声明"),
        S::RoleByEmitter { seen } => format!("由其时间序列得知：{seen}"),
        S::RoleByStructure { seen } => {
            format!("由流量结构推断：{seen} 的双向 TLS 流量进出于它，且只由远端报告")
        }
        S::RoleByName { seen } => format!("根据名称“{seen}”猜测"),
        S::MixedSecurity { share } => format!("{share} 双向 TLS，其余为明文"),
        S::LeftOver { rest } => {
            format!("这一部分也由端到端的边表示。端到端显示路径时，这一段只代表其余部分：{rest}。")
        }
        S::CountedBy { reporter, emitter } => format!("{reporter}（{emitter}）"),
        S::SentFromTo { source, target } => format!("{source} → {target}"),
        S::LineReported { reporter } => format!("报告者：{reporter}"),
        S::LineEstimated { reporter } => format!("估算，报告者：{reporter}"),
        S::LineAsClient { reporter, peers } => format!("作为 {peers} 个服务端的客户端，报告者：{reporter}"),
        S::LineAsServer { reporter, peers } => format!("作为 {peers} 个客户端的服务端，报告者：{reporter}"),
        S::FlowIdle => "时间序列存在但始终为零：此时间范围内没有流量。".into(),
        S::BasisHttp => "此处没有 TCP 字节计数：显示的是 HTTP 请求和响应的大小。".into(),
        S::BasisAtWaypoint => "这一段的两端都没有计数：显示的是 waypoint 自身的计数。".into(),
        S::BasisOfLeg => {
            "这是估算：没有任何代理端到端地统计这些字节。显示的是客户端与 waypoint 之间属于此服务的流量，其后只见到这一个服务端。".into()
        }
        S::Disagreement { one, one_mean, other, other_mean } => {
            format!("报告者不一致：平均而言，{one} 计得 {one_mean}，{other} 计得 {other_mean}。")
        }
        S::NoSeries => "此时间范围内没有任何代理提供相关的字节时间序列。".into(),
        S::OnlyRequests { rate } => {
            format!("此处只有 HTTP（{rate} 请求）：代理在这样的边上只统计请求，不统计 TCP 字节。")
        }
        S::OnlyConnections => "有连接打开，但没有计到任何字节：连接未传输数据，或被拒绝。".into(),
        S::Silent { expected, heard } => {
            format!("报告者“{expected}”本应统计这些字节却没有数据，而“{heard}”报告了此流量。其代理可能未被抓取。")
        }
        S::TriedTcp { heard } => format!("TCP 字节计数器：{heard}"),
        S::TriedTcpAtWaypoint { heard } => format!("waypoint 的 TCP 字节计数器：{heard}"),
        S::TriedTcpOfLeg { heard } => format!("由到 waypoint 的一段估算：{heard}"),
        S::TriedHttp { heard } => format!("HTTP 消息大小：{heard}"),
        S::TriedHttpAtWaypoint { heard } => format!("waypoint 的 HTTP 消息大小：{heard}"),
        S::TriedConnections { heard } => format!("打开的连接：{heard}"),
        S::Resolution { step, window } => format!("每 {step} 一个点，速率窗口 {window}"),
        S::Unreachable { back_end, origin } => format!(
            "没有从“{back_end}”得到可读的应答。此浏览器无法访问它，或者它不与本页面共享应答。请检查配置中的地址；\
             如果地址正确，其网关必须返回 Access-Control-Allow-Origin: {origin}"
        ),
        S::NotLoaded { back_end, reason } => format!(
            "无法加载模拟网格“{back_end}”。请刷新，检查 demo.js 和 demo_bg.wasm 是否与页面的其他文件在一起，或配置一个后端。{reason}"
        ),
        S::TimedOut { back_end, after } => {
            format!("“{back_end}”在 {after} 内没有应答。请尝试更短的时间范围或更窄的查询范围。")
        }
        S::Html { back_end, status } => format!(
            "“{back_end}”返回的是网页而不是数据（HTTP {status}）。基础地址可能有误，或者中间需要登录：请在另一个标签页中打开它。"
        ),
        S::Truncated { back_end, bytes } => {
            format!("“{back_end}”的应答在 {bytes} 字节后中断。途中的代理可能限制了大小或时间：请尝试更短的时间范围。")
        }
        S::Malformed { back_end, found } => {
            format!("“{back_end}”返回的不是 Prometheus 数据：{found}。请检查基础地址是否属于 Prometheus。")
        }
        S::Refused { back_end, status, message } => format!("“{back_end}”拒绝了请求（HTTP {status}）：{message}"),
        S::Status { back_end, status: status @ (401 | 403) } => {
            format!("“{back_end}”不允许本页面访问（HTTP {status}）。请登录，或检查配置的请求头。")
        }
        S::Status { back_end, status: status @ (429 | 503) } => {
            format!("“{back_end}”正忙（HTTP {status}）。请等待下一次尝试，或稍后手动刷新。")
        }
        S::Status { back_end, status } => format!("“{back_end}”返回了 HTTP {status}。请检查基础地址和网关。"),
        S::TooLarge { back_end, bytes, limit } => {
            format!("“{back_end}”的应答对页面来说太大（{bytes}，上限 {limit}）。请尝试更短的时间范围或更窄的查询范围。")
        }
        S::Warning { text } => format!("后端警告：{text}"),
        S::Partial => "后端表示其部分存储没有应答：数值可能偏低。".into(),
        S::NoOperations => {
            "没有可显示的操作：没有任何请求带有标签 request_operation。只有配置了请求分类，Istio 才会写入它。".into()
        }
        S::RowsSkipped { rows } => format!("{rows} 行无法读取"),
        S::HistogramsSkipped { series } => format!("略过了 {series} 个原生直方图序列"),
        S::AssumedScrape { length } => {
            format!("后端没有说明代理的抓取间隔；假定为 {length}。如果不对，请在配置中设置 scrapeInterval。")
        }
        S::ConfigProblem { field, found, expected } => format!("配置：{field} 的值为 {found}，应为{expected}。"),
        S::ConfigUnreadable { reason } => format!("无法读取配置：{reason}"),
        S::UrlProblem { name, value, expected } => format!("地址中的 {name}={value} 无法识别；可以使用 {expected}。"),
        S::ExpectedObject => "一个对象 { … }".into(),
        S::ExpectedList => "一个列表 [ … ]".into(),
        S::ExpectedText => "非空文本".into(),
        S::ExpectedBoolean => " true 或 false".into(),
        S::ExpectedPercent => " 0 到 100 之间的数".into(),
        S::ExpectedDuration => "时长，例如 \"30s\" 或 \"5m\"".into(),
        S::ExpectedUrl => " http 或 https 的 URL，或本服务器上的路径，不含查询参数和用户名".into(),
        S::ExpectedRegex { reason } => format!("正则表达式（{reason}）"),
        S::ExpectedLabelName => "标签名：字母、数字和 _".into(),
        S::ExpectedOneOf { words } => format!("以下之一：{words}"),
        S::ExpectedField { fields } => format!("以下字段之一：{fields}"),
        S::ExpectedUniqueName => "其他后端没有使用的名称".into(),
        S::ExpectedHeader => "页面可以设置的请求头名称".into(),
    }
}
